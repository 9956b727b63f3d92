using System.Text.Json;
using CarTIngest.Records;

namespace CarTIngest.Reporting.Digests;

/// <summary>What changed in a registration, from first to last, in the sponsor's own words where the sponsor used any.</summary>
internal static class ChangeLines
{
    private const int LongestWords = 400;

    /// <summary>Fields whose change people want to see; the rest is for the tasks.</summary>
    private static readonly string[] Shown = ["status", "whyStopped", "enrollment.count", "enrollment.type", "phases", "primaryOutcomes", "eligibility"];

    /// <param name="changes">Of one record, the oldest first.</param>
    /// <returns>None where all that changed is of no interest, or was changed back.</returns>
    public static IReadOnlyList<DigestLine> Of(IReadOnlyList<FieldChange> changes)
    {
        var net = Net(changes);
        return [.. Shown.Where(field => net.ContainsKey(field) && !(field == "enrollment.type" && net.ContainsKey("enrollment.count"))).Select(field => LineOf(field, net)).OfType<DigestLine>()];
    }

    /// <summary>Whether the trial was stopped by these changes, with a reason or without.</summary>
    public static bool IsStop(IReadOnlyList<FieldChange> changes) => Net(changes).TryGetValue("status", out var status) && StudyWords.IsStopped(status.To);

    private static Dictionary<string, FieldChange> Net(IReadOnlyList<FieldChange> changes) =>
        changes.Where(change => Shown.Contains(change.Field, StringComparer.Ordinal)).GroupBy(change => change.Field)
            .Select(same => new FieldChange(same.First().Id, same.Key, same.First().From, same.Last().To)).Where(change => change.From != change.To).ToDictionary(change => change.Field, StringComparer.Ordinal);

    private static DigestLine? LineOf(string field, Dictionary<string, FieldChange> net)
    {
        var change = net[field];
        return field switch
        {
            "status" => new("Status", $"{StudyWords.Status(change.From)} → {StudyWords.Status(change.To)}"),
            "whyStopped" => change.To is null ? new("Why stopped", "the words were taken back") : new("Why stopped, in the sponsor’s words", $"“{OneLine.Of(change.To, LongestWords)}”"),
            "enrollment.count" => new("Participants", $"{change.From ?? "not said"} → {change.To ?? "not said"}{Counted(net)}"),
            "enrollment.type" => new("Participants", change.To == "ACTUAL" ? "now counted, no longer planned" : "now planned, no longer counted"),
            "phases" => new("Phase", $"{PhasesOf(change.From)} → {PhasesOf(change.To)}"),
            "primaryOutcomes" => Outcomes(change),
            _ => new("Rewritten", "the criteria of eligibility"),
        };
    }

    private static string Counted(Dictionary<string, FieldChange> net) => net.TryGetValue("enrollment.type", out var type) ? type.To == "ACTUAL" ? " (planned before, counted now)" : " (planned)" : "";

    private static string PhasesOf(string? list) => StudyWords.Phases(Strings(list));

    /// <summary>Measures that went and came; a change of their time frames alone says so.</summary>
    private static DigestLine? Outcomes(FieldChange change)
    {
        var (before, after) = (Measures(change.From), Measures(change.To));
        var (went, came) = (before.Except(after, StringComparer.Ordinal).ToList(), after.Except(before, StringComparer.Ordinal).ToList());
        return (went.Count, came.Count) switch
        {
            (0, 0) => new("Primary outcome", "its wording or time frame was changed"),
            _ => new("Primary outcome", $"{(went.Count > 0 ? $"no longer {Listed(went)}" : "")}{(went.Count > 0 && came.Count > 0 ? "; " : "")}{(came.Count > 0 ? $"now {Listed(came)}" : "")}"),
        };
    }

    private static string Listed(List<string> measures) => OneLine.Of(string.Join(", ", measures.Select(measure => $"“{measure}”")), LongestWords);

    private static IReadOnlyList<string> Measures(string? list)
    {
        if (list is null)
        {
            return [];
        }

        using var document = JsonDocument.Parse(list);
        return [.. document.RootElement.EnumerateArray().Select(outcome => outcome.TryGetProperty("measure", out var measure) ? OneLine.Of(measure.GetString()) : "").Where(measure => measure.Length > 0)];
    }

    private static IReadOnlyList<string> Strings(string? list)
    {
        if (list is null)
        {
            return [];
        }

        using var document = JsonDocument.Parse(list);
        return [.. document.RootElement.EnumerateArray().Select(text => text.GetString() ?? "")];
    }
}
