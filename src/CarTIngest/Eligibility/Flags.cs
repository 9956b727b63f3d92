using CarTIngest.Eligibility.Rules;
using CarTIngest.Eligibility.Terms;
using CarTIngest.Eligibility.Text;

namespace CarTIngest.Eligibility;

/// <summary>What a reviewer wants to know and no criterion asks, each with the words that say it.</summary>
internal static class Flags
{
    private static readonly (Concept Concept, string Flag)[] ByWords =
    [
        (Concept.RelapsedRefractory, "relapsed_refractory"),
        (Concept.NewlyDiagnosed, "newly_diagnosed"),
        (Concept.Mrd, "mrd"),
        (Concept.Children, "children"),
    ];

    private static readonly (string Type, string Flag)[] ByType =
    [
        ("Protocol", "protocol"),
        ("Preprint", "preprint"),
        ("Meeting Abstract", "conference_abstract"),
        ("Congress", "conference_abstract"),
        ("Retracted Publication", "retracted"),
    ];

    /// <summary>In the order of their names, each once.</summary>
    public static IReadOnlyList<Flagged> Of(Evidence evidence) =>
    [
        .. Read(evidence).GroupBy(flagged => flagged.Flag, StringComparer.Ordinal).OrderBy(same => same.Key, StringComparer.Ordinal)
            .Select(same => new Flagged(same.Key, [.. same.SelectMany(flagged => flagged.Quotes).Distinct()])),
    ];

    private static IEnumerable<Flagged> Read(Evidence evidence)
    {
        var record = evidence.Record;
        var said = ByWords.SelectMany(flag => record.Of(flag.Concept)
                .Where(mention => mention.Passage.Role is not (FieldRole.Exclusion or FieldRole.Background) && evidence.TurnOf(mention) is not Turn.Denied).Select(mention => (flag.Flag, Mention: mention)))
            .Concat(record.Of(Concept.Protocol).Where(IsTitle).Select(mention => (Flag: "protocol", Mention: mention)))
            .Concat(record.Of(Concept.Conference).Where(IsTitle).Select(mention => (Flag: "conference_abstract", Mention: mention)));
        foreach (var (flag, mention) in said)
        {
            yield return new Flagged(flag, [mention.Quote]);
        }

        if (record.Trial is { HasResults: true })
        {
            yield return new Flagged("results_posted", []);
        }

        foreach (var (type, at) in (record.Publication?.PublicationTypes ?? []).Select((type, at) => (type, at)))
        {
            foreach (var (_, flag) in ByType.Where(known => type.Contains(known.Type, StringComparison.OrdinalIgnoreCase)))
            {
                yield return new Flagged(flag, [new Quote($"publicationTypes[{at}]", 0, type.Length, type)]);
            }
        }
    }

    private static bool IsTitle(Mention mention) => mention.Passage.Role == FieldRole.Title;
}

/// <param name="Quotes">The words that say it; none where no text does, as with results that the registry has posted.</param>
internal sealed record Flagged(string Flag, IReadOnlyList<Quote> Quotes);
