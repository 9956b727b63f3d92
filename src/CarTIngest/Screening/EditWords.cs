using System.Text.Json;

namespace CarTIngest.Screening;

/// <summary>Changed fields as a reason why a search lost a record: only those that searches and rules read, and of MeSH which terms went and came.</summary>
internal static class EditWords
{
    private const string Mesh = "mesh";

    private static readonly HashSet<string> Read = new(StringComparer.Ordinal)
    {
        "title", "abstract", "otherAbstracts", "vernacularTitle", "keywords", "publicationTypes", "chemicals", "registryNumbers", "briefTitle", "officialTitle", "acronym", "conditions",
        "interventions", "summary", "description", "eligibility", "sponsor", "primaryOutcomes", "secondaryIds", "studyType",
    };

    /// <param name="arms">What matched it: a lost MeSH term that one of them asks for is said to be so.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<FieldEdit> edits, IReadOnlyList<ArmThen> arms)
    {
        var fields = edits.Where(edit => Read.Contains(edit.Field)).Select(edit => edit.Field).Distinct(StringComparer.Ordinal).ToList();
        return [.. edits.Where(edit => edit.Field == Mesh).SelectMany(edit => OfMesh(edit, arms)), .. fields.Count > 0 ? [$"Changed in the record: {Listed(fields)}."] : Array.Empty<string>()];
    }

    public static string Listed(IEnumerable<string> names) => string.Join(", ", names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static IEnumerable<string> OfMesh(FieldEdit edit, IReadOnlyList<ArmThen> arms)
    {
        var (before, after) = (Descriptors(edit.From), Descriptors(edit.To));
        var lost = before.Except(after, StringComparer.Ordinal).ToList();
        var came = after.Except(before, StringComparer.Ordinal).ToList();
        if (lost.Count > 0)
        {
            yield return $"MeSH terms went: {string.Join("; ", lost.Select(term => term + AskedBy(term, arms)))}.";
        }

        if (came.Count > 0)
        {
            yield return $"MeSH terms came: {string.Join("; ", came)}.";
        }
    }

    private static string AskedBy(string term, IReadOnlyList<ArmThen> arms) =>
        arms.Where(arm => arm.Then.Contains($"\"{term}\"[Mesh", StringComparison.OrdinalIgnoreCase)).Select(arm => arm.Arm).ToList() is { Count: > 0 } asking ? $" (asked for by {Listed(asking)})" : "";

    private static IReadOnlyList<string> Descriptors(string? list)
    {
        if (list is null)
        {
            return [];
        }

        using var json = JsonDocument.Parse(list);
        return [.. json.RootElement.EnumerateArray().Select(heading => heading.GetProperty("descriptor").GetString() ?? "")];
    }
}
