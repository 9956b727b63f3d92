using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>Brings together, key by key, the records that are or carry a number and those that name it.</summary>
internal static class NumberedLinks
{
    /// <summary>What every pair that any number brings together has for it.</summary>
    public static SortedDictionary<RecordPair, PairEvidence> Of(MentionIndex index)
    {
        var pairs = new SortedDictionary<RecordPair, PairEvidence>();
        foreach (var key in index.CarriedKeys)
        {
            var carriers = index.Carriers(key);
            for (var i = 0; i < carriers.Count; i++)
            {
                for (var j = i + 1; j < carriers.Count; j++)
                {
                    Add(pairs, carriers[i].Record, carriers[j].Record, [carriers[i].Clue, carriers[j].Clue]);
                }

                foreach (var (record, clue) in index.Namers(key))
                {
                    Add(pairs, carriers[i].Record, record, [Limited(index, clue, carriers[i].Record), carriers[i].Clue]);
                }
            }
        }

        return pairs;
    }

    /// <summary>Trial numbers that nothing held carries, with the publications that join by them.</summary>
    public static IReadOnlyList<UnheldNumber> Unheld(MentionIndex index) =>
        [.. index.NamedKeys.Where(MentionIndex.IsTrialKey).Where(key => index.Carriers(key).Count == 0).Order(StringComparer.Ordinal)
            .Select(key => new UnheldNumber(key, [.. index.Namers(key)
                .Where(named => named.Record.Source == "pubmed" && named.Clue.Strength >= ClueStrength.Strong && index.LimitOf(named.Record) is null)
                .GroupBy(named => named.Record).OrderBy(named => named.Key)
                .Select(named => named.Select(each => each.Clue).OrderBy(clue => clue, LinkClueOrder.StrongestFirst).First())]))
            .Where(number => number.Clues.Count > 0)];

    // Between two publications nothing is limited: a review's preprint is its preprint.
    private static LinkClue Limited(MentionIndex index, LinkClue clue, RecordId other) =>
        clue.ReadIn.Source != other.Source && clue.Strength > ClueStrength.Suggestive && (index.LimitOf(clue.ReadIn) ?? index.LimitOf(other)) is { } limit
            ? clue with { Strength = ClueStrength.Suggestive, Reason = $"{clue.Reason} {limit}" }
            : clue;

    private static void Add(SortedDictionary<RecordPair, PairEvidence> pairs, RecordId a, RecordId b, IEnumerable<LinkClue?> route)
    {
        if (a == b)
        {
            return;
        }

        var pair = RecordPair.Of(a, b);
        if (!pairs.TryGetValue(pair, out var evidence))
        {
            pairs.Add(pair, evidence = new());
        }

        evidence.Add([.. route.OfType<LinkClue>()]);
    }
}
