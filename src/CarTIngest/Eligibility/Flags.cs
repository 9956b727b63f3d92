using CarTIngest.Eligibility.Rules;
using CarTIngest.Eligibility.Terms;
using CarTIngest.Eligibility.Text;

namespace CarTIngest.Eligibility;

/// <summary>What a reviewer wants to know and no criterion asks.</summary>
internal static class Flags
{
    private static readonly (Concept Concept, string Flag)[] ByWords =
    [
        (Concept.RelapsedRefractory, "relapsed_refractory"),
        (Concept.NewlyDiagnosed, "newly_diagnosed"),
        (Concept.Mrd, "mrd"),
        (Concept.Children, "children"),
    ];

    public static IReadOnlyList<string> Of(Evidence evidence)
    {
        var record = evidence.Record;
        var flags = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (concept, flag) in ByWords)
        {
            if (record.Of(concept).Any(mention => mention.Passage.Role is not (FieldRole.Exclusion or FieldRole.Background) && evidence.TurnOf(mention) is not Turn.Denied))
            {
                flags.Add(flag);
            }
        }

        if (record.Trial is { HasResults: true })
        {
            flags.Add("results_posted");
        }

        if (record.Of(Concept.Protocol).Any(mention => mention.Passage.Role == FieldRole.Title) || Typed(record, "Protocol"))
        {
            flags.Add("protocol");
        }

        if (Typed(record, "Preprint"))
        {
            flags.Add("preprint");
        }

        if (Typed(record, "Meeting Abstract") || Typed(record, "Congress") || record.Of(Concept.Conference).Any(mention => mention.Passage.Role == FieldRole.Title))
        {
            flags.Add("conference_abstract");
        }

        return [.. flags];
    }

    private static bool Typed(MarkedRecord record, string type) => record.Publication?.PublicationTypes.Any(one => one.Contains(type, StringComparison.OrdinalIgnoreCase)) ?? false;
}
