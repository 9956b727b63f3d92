using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>The registrations held, looked up by the words and names that a paper shares with them: a paper is weighed against few of them, not against all.</summary>
internal sealed class AgreementIndex
{
    /// <summary>So many registrations with the most shared weight are compared in full.</summary>
    private const int Compared = 120;

    /// <summary>A word of more registrations than a quarter finds none; it still weighs in the comparison.</summary>
    private const double Common = 0.25;

    private readonly List<TrialProfile> trials;
    private readonly Dictionary<RecordId, TrialProfile> byId;
    private readonly Dictionary<string, List<int>> holders = new(StringComparer.Ordinal);
    private readonly Rarity rarity = new();

    public AgreementIndex(IEnumerable<Trial> held, Func<SourceRecord, IReadOnlySet<string>> namesOf, CancellationToken cancellationToken)
    {
        trials = [.. held.OrderBy(trial => trial.Id).Select(trial => new TrialProfile(trial, namesOf(trial)))];
        byId = trials.ToDictionary(trial => trial.Trial.Id);
        for (var at = 0; at < trials.Count; at++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var words = trials[at].Words.Concat(trials[at].Names).Concat(trials[at].ShortNames).Distinct(StringComparer.Ordinal).ToList();
            rarity.Count(words);
            foreach (var word in words.Concat(trials[at].CitedAuthors.Select(Investigator)))
            {
                if (!holders.TryGetValue(word, out var list))
                {
                    holders.Add(word, list = []);
                }

                list.Add(at);
            }
        }
    }

    // No word of a title has this mark.
    private static string Investigator(string name) => "@" + name;

    public Agreement Between(PaperProfile paper, RecordId trial) => Agreement.Of(paper, byId[trial], rarity);

    /// <summary>The registrations that agree best with a paper and well enough to be proposed, best first; equally good ones in order of their ids.</summary>
    public IEnumerable<(RecordId Trial, Agreement Agreement)> Best(PaperProfile paper, int most)
    {
        var shared = new Dictionary<int, double>();
        foreach (var word in paper.TitleWords.Concat(paper.Names).Concat(paper.Tokens).Concat(paper.Authors.Select(Investigator)).Distinct(StringComparer.Ordinal))
        {
            if (holders.TryGetValue(word, out var list) && list.Count <= Math.Max(20, Common * trials.Count))
            {
                var weight = rarity.Weight(word);
                foreach (var at in list)
                {
                    shared[at] = shared.GetValueOrDefault(at) + weight;
                }
            }
        }

        return shared.OrderByDescending(each => each.Value).ThenBy(each => each.Key).Take(Compared)
            .Select(each => (trials[each.Key].Trial.Id, Agreement: Agreement.Of(paper, trials[each.Key], rarity)))
            .Where(each => each.Agreement.Score >= Agreement.ProposeFrom)
            .OrderByDescending(each => each.Agreement.Score).ThenBy(each => each.Id).Take(most);
    }
}
