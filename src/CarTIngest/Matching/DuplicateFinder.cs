namespace CarTIngest.Matching;

/// <summary>What a search for duplicates brought.</summary>
/// <param name="Matches">Every pair that is more than <see cref="CitationRelation.Different"/>, in order of their keys.</param>
/// <param name="Compared">Pairs that shared a key: what the search cost, to be read against the square of the citations.</param>
public sealed record DuplicateSearch(IReadOnlyList<CitationMatch> Matches, long Compared);

/// <summary>
/// Finds the records that are there twice, and preprints with their papers, without comparing all with all: only citations that share a blocking key are compared.
/// Pure; the same set in any order gives the same matches.
/// </summary>
public static class DuplicateFinder
{
    /// <summary>A key that more citations share ("Introduction") is walked in order of title, each compared with so many after it.</summary>
    private const int WalkedFrom = 40;
    private const int Window = 20;

    public static DuplicateSearch Find(IEnumerable<Citation> citations, CancellationToken cancellationToken)
    {
        var prepared = citations.OrderBy(citation => citation.Key, StringComparer.Ordinal).Select(citation => new PreparedCitation(citation)).ToArray();
        var found = new List<CitationMatch>();
        var compared = 0L;
        foreach (var (first, second) in Candidates(prepared))
        {
            cancellationToken.ThrowIfCancellationRequested();
            compared++;
            if (!CitationComparison.MayMeet(prepared[first], prepared[second]))
            {
                continue;
            }

            var match = CitationComparison.Compare(prepared[first], prepared[second]);
            if (match.Relation != CitationRelation.Different)
            {
                found.Add(match);
            }
        }

        return new(found, compared);
    }

    private static IEnumerable<(int First, int Second)> Candidates(PreparedCitation[] prepared)
    {
        var blocks = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var at = 0; at < prepared.Length; at++)
        {
            foreach (var key in BlockingKeys.Of(prepared[at]))
            {
                if (!blocks.TryGetValue(key, out var block))
                {
                    blocks.Add(key, block = []);
                }

                block.Add(at);
            }
        }

        var pairs = new HashSet<long>();
        foreach (var block in blocks.Values.Where(block => block.Count > 1))
        {
            var walked = block.Count > WalkedFrom;
            var ordered = walked ? [.. block.OrderBy(at => prepared[at].Title, StringComparer.Ordinal).ThenBy(at => prepared[at].Citation.Year).ThenBy(at => at)] : block;
            for (var i = 0; i < ordered.Count; i++)
            {
                for (var j = i + 1; j < ordered.Count && (!walked || j <= i + Window); j++)
                {
                    pairs.Add(((long)Math.Min(ordered[i], ordered[j]) << 32) | (uint)Math.Max(ordered[i], ordered[j]));
                }
            }
        }

        return pairs.Order().Select(pair => ((int)(pair >> 32), (int)(pair & uint.MaxValue)));
    }
}
