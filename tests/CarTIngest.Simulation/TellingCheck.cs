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

    public void Told(Actor actor, Action<string, string> say)
    {
        if (actor.Run is not { } run || view.ReportOf(run) is not { } text || !heard.Add(run))
        {
            return;
        }

        using var report = JsonDocument.Parse(text);
        var changes = report.RootElement.GetProperty("changes").EnumerateArray().Select(change => (Id: change.GetProperty("id").GetString()!, Line: Line(
            change.GetProperty("id").GetString(), change.GetProperty("field").GetString(), Value(change, "from"), Value(change, "to")))).ToList();
        foreach (var source in report.RootElement.GetProperty("sources").EnumerateArray().Where(source => source.GetProperty("answered").GetBoolean()))
        {
            var name = source.GetProperty("source").GetString()!;
            var added = source.GetProperty("named").GetProperty("new").EnumerateArray().Select(id => RecordId.TryParse(id.GetString(), out var parsed) ? parsed : default).ToHashSet();
            News(run, name, added, say);
            Changes(run, name, added, [.. changes.Where(change => RecordId.TryParse(change.Id, out var id) && id.Source == name).Select(change => change.Line)], say);
        }
    }

    private void News(long run, string source, HashSet<RecordId> added, Action<string, string> say)
    {
        foreach (var id in added.Where(told[source].Contains))
        {
            say("told once", $"Run {run}: {id} is told as new again.");
        }

        told[source].UnionWith(added);
        foreach (var id in Untold(source))
        {
            say("told once", $"Run {run}: {id} came and is not told.");
        }
    }

    private void Changes(long run, string source, HashSet<RecordId> added, List<string> said, Action<string, string> say)
    {
        var since = view.ChangesAfter(lastChange.GetValueOrDefault(source), source);
        lastChange[source] = since.Count > 0 ? since[^1].Id : lastChange.GetValueOrDefault(source);
        var due = since.Where(change => !added.Contains(change.Record)).Select(change => Line(change.Record.Text, change.Field, change.From, change.To)).ToList();
        if (!due.Order(StringComparer.Ordinal).SequenceEqual(said.Order(StringComparer.Ordinal), StringComparer.Ordinal))
        {
            say("told once", $"Run {run}, {source}: the changes told are not those that came: {string.Join("; ", due.Except(said).Select(line => $"not told {line}").Concat(said.Except(due).Select(line => $"told again {line}")))}");
        }
    }

    private static string? Value(JsonElement change, string member) => change.TryGetProperty(member, out var value) ? value.GetString() : null;

    private static string Line(string? id, string? field, string? from, string? to) => $"{id} {field} {from}->{to}";
}
