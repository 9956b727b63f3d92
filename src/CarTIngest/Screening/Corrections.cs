using System.Text.Json;
using CarTIngest.Records;

namespace CarTIngest.Screening;

/// <summary>Which notices on a publication touch its integrity. Notices that the publication itself is (RetractionOf, ErratumFor) do not.</summary>
public static class Corrections
{
    private static readonly Dictionary<string, TaskCause> Causes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["RetractionIn"] = TaskCause.Retraction,
        ["PartialRetractionIn"] = TaskCause.Retraction,
        ["RetractedandRepublishedIn"] = TaskCause.Retraction,
        ["ExpressionOfConcernIn"] = TaskCause.Concern,
        ["ErratumIn"] = TaskCause.Erratum,
        ["CorrectedandRepublishedIn"] = TaskCause.Erratum,
        ["CorrectedRepublishedIn"] = TaskCause.Erratum,
    };

    /// <summary>Those that it bears now.</summary>
    public static IEnumerable<TaskCause> Of(Publication publication) =>
        publication.Corrections.Select(correction => correction.Type).Where(Causes.ContainsKey).Select(type => Causes[type])
            .Concat(publication.PublicationTypes.Any(IsRetracted) ? [TaskCause.Retraction] : []);

    /// <summary>What an edit of <c>corrections</c> or <c>publicationTypes</c> adds.</summary>
    public static IEnumerable<TaskCause> AddedBy(FieldEdit edit)
    {
        var added = Members(edit.To).Except(Members(edit.From), StringComparer.Ordinal).ToList();
        return edit.Field switch
        {
            "corrections" => added.Select(TypeOf).Where(Causes.ContainsKey).Select(type => Causes[type]),
            "publicationTypes" => added.Any(type => IsRetracted(type.Trim('"'))) ? [TaskCause.Retraction] : [],
            _ => [],
        };
    }

    private static bool IsRetracted(string type) => string.Equals(type, "Retracted Publication", StringComparison.OrdinalIgnoreCase);

    private static List<string> Members(string? list)
    {
        if (list is null)
        {
            return [];
        }

        using var document = JsonDocument.Parse(list);
        return [.. document.RootElement.EnumerateArray().Select(member => member.GetRawText())];
    }

    private static string TypeOf(string correction)
    {
        using var document = JsonDocument.Parse(correction);
        return document.RootElement.TryGetProperty("type", out var type) ? type.GetString() ?? "" : "";
    }
}
