using System.Text.Json;
using CarTIngest.Records;

namespace CarTIngest.Simulation;

/// <summary>What the reports of ended runs told: every record that a night brought is told as new once and every changed field once, whatever died between.</summary>
internal sealed class TellingCheck(StoreView view)
{
    private readonly Dictionary<string, HashSet<RecordId>> told = new(StringComparer.Ordinal) { ["pubmed"] = [], ["clinicaltrials"] = [] };
    private readonly Dictionary<string, long> lastChange = new(StringComparer.Ordinal);
    private readonly HashSet<long> heard = [];

    /// <summary>Records that a night brought and no report has told.</summary>
    public HashSet<RecordId> Untold(string source)
    {
        var brought = view.BroughtByNights(source);
        brought.ExceptWith(told[source]);
        return brought;
    }

    /// <summary>Hears every report that was written since, also those of runs that were cut short and whose book the next run closed.</summary>
    public void Told(Action<string, string> say)
    {
        foreach (var (run, text) in view.Reports().Where(report => heard.Add(report.Run)))
        {
            using var report = JsonDocument.Parse(text);
            var changes = report.RootElement.GetProperty("changes").EnumerateArray().Select(change => (Id: change.GetProperty("id").GetString()!, Line: Line(
                change.GetProperty("id").GetString(), change.GetProperty("field").GetString(), Value(change, "from"), Value(change, "to")))).ToList();
            foreach (var source in report.RootElement.GetProperty("sources").EnumerateArray().Where(source => source.GetProperty("answered").GetBoolean()))
            {
                var name = source.GetProperty("source").GetString()!;
                var added = source.GetProperty("named").GetProperty("new").EnumerateArray().Select(id => RecordId.TryParse(id.GetString(), out var parsed) ? parsed : default).ToHashSet();
                Changes(run, name, [.. changes.Where(change => RecordId.TryParse(change.Id, out var id) && id.Source == name).Select(change => change.Line)], say);
                News(run, name, added, source.GetProperty("complete").GetBoolean(), say);
            }
        }
    }

    private void News(long run, string source, HashSet<RecordId> added, bool complete, Action<string, string> say)
    {
        foreach (var id in added.Where(told[source].Contains))
        {
            say("told once", $"Run {run}: {id} is told as new again.");
        }

        told[source].UnionWith(added);
        foreach (var id in complete ? Untold(source) : [])
        {
            say("told once", $"Run {run}: {id} came and is not told, though the night is complete.");
        }
    }

    /// <summary>What changed in a record that is still to be told as new is no news.</summary>
    private void Changes(long run, string source, List<string> said, Action<string, string> say)
    {
        var untold = Untold(source);
        var since = view.ChangesAfter(lastChange.GetValueOrDefault(source), source);
        lastChange[source] = since.Count > 0 ? since[^1].Id : lastChange.GetValueOrDefault(source);
        var due = since.Where(change => !untold.Contains(change.Record)).Select(change => Line(change.Record.Text, change.Field, change.From, change.To)).ToList();
        if (!due.Order(StringComparer.Ordinal).SequenceEqual(said.Order(StringComparer.Ordinal), StringComparer.Ordinal))
        {
            say("told once", $"Run {run}, {source}: the changes told are not those that came: {string.Join("; ", due.Except(said).Select(line => $"not told {line}").Concat(said.Except(due).Select(line => $"told again {line}")))}");
        }
    }

    private static string? Value(JsonElement change, string member) => change.TryGetProperty(member, out var value) ? value.GetString() : null;

    private static string Line(string? id, string? field, string? from, string? to) => $"{id} {field} {from}->{to}";
}
