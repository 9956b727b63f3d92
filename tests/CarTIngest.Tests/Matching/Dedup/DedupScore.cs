using CarTIngest.Matching;

namespace CarTIngest.Tests.Matching.Dedup;

/// <summary>
/// What joining found in a labelled set. Records as the published figures count them: of each joined group all but one are taken away; right if they
/// belong to the same labelled group as the one that stays. Sensitivity over what should go, specificity over what should stay.
/// </summary>
internal sealed record DedupScore(string Set, int Records, int RightlyRemoved, int WronglyRemoved, int Left, int RightPairs, int WrongPairs, int TruePairs)
{
    public double Sensitivity => (double)RightlyRemoved / (RightlyRemoved + Left);

    public double Specificity => 1 - ((double)WronglyRemoved / (Records - RightlyRemoved - Left));

    public double PairPrecision => (double)RightPairs / (RightPairs + WrongPairs);

    public double PairRecall => (double)RightPairs / TruePairs;

    public static DedupScore Of(LabelledSet set, IReadOnlyList<CitationMatch> matches)
    {
        var same = matches.Where(match => match.Relation == CitationRelation.Same).ToList();
        var group = set.Groups.SelectMany((members, at) => members.Select(member => (member, at))).ToDictionary(each => each.member, each => each.at, StringComparer.Ordinal);
        bool Together(string a, string b) => group.TryGetValue(a, out var one) && group.TryGetValue(b, out var other) && one == other;

        int right = 0, wrong = 0;
        foreach (var cluster in Clusters(set, same))
        {
            foreach (var removed in cluster.Skip(1))
            {
                _ = Together(cluster[0], removed) ? right++ : wrong++;
            }
        }

        var excess = set.Groups.Sum(members => members.Count - 1);
        var rightPairs = same.Count(match => Together(match.First, match.Second));
        return new(set.Name, set.Citations.Count, right, wrong, excess - right, rightPairs, same.Count - rightPairs, set.Groups.Sum(members => members.Count * (members.Count - 1) / 2));
    }

    /// <summary>Joined citations, each group by its keys.</summary>
    public static IEnumerable<List<string>> Clusters(LabelledSet set, IReadOnlyList<CitationMatch> same)
    {
        var next = same.SelectMany(match => new[] { (match.First, match.Second), (match.Second, match.First) }).ToLookup(each => each.Item1, each => each.Item2, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var citation in set.Citations.Where(citation => !seen.Contains(citation.Key)))
        {
            var cluster = new List<string>();
            var open = new Stack<string>([citation.Key]);
            while (open.TryPop(out var key))
            {
                if (seen.Add(key))
                {
                    cluster.Add(key);
                    foreach (var other in next[key])
                    {
                        open.Push(other);
                    }
                }
            }

            yield return cluster;
        }
    }

    public override string ToString() =>
        $"{Set,-12} {Records,5} records | sensitivity {Sensitivity:0.0000} ({RightlyRemoved} of {RightlyRemoved + Left}) specificity {Specificity:0.0000} ({WronglyRemoved} wrongly removed)"
        + $" | pairs: precision {PairPrecision:0.0000} recall {PairRecall:0.0000} ({RightPairs} of {TruePairs}, {WrongPairs} wrong)";
}
