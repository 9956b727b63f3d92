using CarTIngest.Eligibility;
using CarTIngest.Facts;
using CarTIngest.Records;
using CarTIngest.Reporting.Exports;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>What the review makes of one record after the other. Facts are read anew from what is stored; only the records of studies that have several are kept at hand.</summary>
internal sealed class ToldByReview
{
    private readonly ReviewAt review;
    private readonly Rulebook rulebook;
    private readonly ExportWish wish;
    private readonly Dictionary<string, Verdict> verdicts;
    private readonly Dictionary<RecordId, RecordFacts> shared;

    private ToldByReview(ReviewAt review, Rulebook rulebook, ExportWish wish, Dictionary<string, Verdict> verdicts, Dictionary<RecordId, RecordFacts> shared) =>
        (this.review, this.rulebook, this.wish, this.verdicts, this.shared) = (review, rulebook, wish, verdicts, shared);

    public static async Task<ToldByReview> ReadAsync(StoreContext store, ReviewAt review, Rulebook rulebook, ExportWish wish, CancellationToken cancellationToken)
    {
        var shared = new Dictionary<RecordId, RecordFacts>();
        await foreach (var member in RecordExport.TheseAsync(store, review.OfSeveral(wish.Set), wish.AsOf, cancellationToken))
        {
            shared[member.Record.Id] = new RecordFacts(member.Record.Id, FactReader.Of(member.Record, rulebook));
        }

        return new ToldByReview(review, rulebook, wish, await VerdictsAsync(store, wish.AsOf, cancellationToken), shared);
    }

    public RecordInReview Of(SourceRecord record)
    {
        var facts = shared.GetValueOrDefault(record.Id) ?? new RecordFacts(record.Id, FactReader.Of(record, rulebook));
        var studies = review.StudiesOf(record.Id);
        IReadOnlyList<StudyFact> ofStudy = studies is [var only] ? StudyFact.Of(review.MembersOf(only.Study).Where(shared.ContainsKey).Select(member => shared[member]).DefaultIfEmpty(facts)) : [];
        return new RecordInReview(VerdictOf(record.Id), studies, facts.Facts, ofStudy);
    }

    /// <summary>Who screens does so without it: it would mark those that were drawn from the rejected.</summary>
    private Verdict? VerdictOf(RecordId record) => wish.Set != ExportSet.Queue && verdicts.TryGetValue(record.Text, out var verdict) ? verdict : null;

    /// <summary>Of the revision then in force, by whichever rulebook judged it last till then.</summary>
    private static async Task<Dictionary<string, Verdict>> VerdictsAsync(StoreContext store, DateOnly? asOf, CancellationToken cancellationToken)
    {
        var newest = asOf is null
            ? await store.Records.AsNoTracking().Select(record => new { record.Id, record.Revision }).ToDictionaryAsync(record => record.Id, record => record.Revision, StringComparer.Ordinal, cancellationToken)
            : await store.Revisions.AsNoTracking().Where(revision => revision.Night <= asOf).GroupBy(revision => revision.RecordId)
                .Select(revisions => new { Id = revisions.Key, Revision = revisions.Max(revision => revision.Number) }).ToDictionaryAsync(record => record.Id, record => record.Revision, StringComparer.Ordinal, cancellationToken);
        var judged = await store.Judgements.AsNoTracking().Where(row => asOf == null || row.Night <= asOf).OrderBy(row => row.Id).Select(row => new { row.RecordId, row.Revision, row.Verdict }).ToListAsync(cancellationToken);
        return judged.Where(row => newest.GetValueOrDefault(row.RecordId) == row.Revision).GroupBy(row => row.RecordId, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last().Verdict, StringComparer.Ordinal);
    }
}
