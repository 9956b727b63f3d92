using CarTIngest.Matching.Clues;
using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>Which record is, carries or names which key. Built by reading each record once.</summary>
internal sealed class MentionIndex
{
    private readonly Dictionary<string, List<(RecordId Record, LinkClue? Clue)>> carriers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(RecordId Record, LinkClue Clue)>> namers = new(StringComparer.Ordinal);
    private readonly Dictionary<RecordId, string> limits = [];

    public MentionIndex(IEnumerable<SourceRecord> records, CancellationToken cancellationToken)
    {
        foreach (var record in records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(carriers, record.Id.Text, (record.Id, null));
            var mentions = LinkClues.All.SelectMany(clue => clue.Read(record)).ToList();
            foreach (var mention in mentions.Where(mention => mention.Key != record.Id.Text))
            {
                if (mention.Role == MentionRole.Carries)
                {
                    Add(carriers, mention.Key, (record.Id, mention.Clue));
                }
                else
                {
                    Add(namers, mention.Key, (record.Id, mention.Clue));
                }
            }

            if (record is Publication publication && ReportLimits.Of(publication, mentions.Where(IsTrialKey).Select(mention => mention.Key)) is { } limit)
            {
                limits.Add(record.Id, limit);
            }
        }

        // A paper that many registrations claim as their result is the programme's, or a review, whatever its type.
        foreach (var (key, claims) in namers.Where(named => named.Key.StartsWith("pmid:", StringComparison.Ordinal)))
        {
            var trials = claims.Select(claim => claim.Record).Where(id => id.Source != "pubmed").Distinct().Count();
            if (trials > ReportLimits.FewTrials && RecordId.TryParse(key, out var paper))
            {
                limits.TryAdd(paper, $"{trials} registrations list it.");
            }
        }
    }

    public IEnumerable<string> NamedKeys => namers.Keys;

    public IEnumerable<string> CarriedKeys => carriers.Keys;

    public IReadOnlyList<(RecordId Record, LinkClue? Clue)> Carriers(string key) => carriers.TryGetValue(key, out var found) ? found : [];

    public IReadOnlyList<(RecordId Record, LinkClue Clue)> Namers(string key) => namers.TryGetValue(key, out var found) ? found : [];

    /// <summary>Why a publication joins nothing by a number; null where it may.</summary>
    public string? LimitOf(RecordId record) => limits.GetValueOrDefault(record);

    public static bool IsTrialKey(string key) => !key.StartsWith("pmid:", StringComparison.Ordinal);

    private static bool IsTrialKey(Mention mention) => IsTrialKey(mention.Key);

    private static void Add<T>(Dictionary<string, List<T>> lists, string key, T item)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        list.Add(item);
    }
}
