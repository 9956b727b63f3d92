using CarTIngest.Eligibility;
using CarTIngest.Records;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>How precise each arm was in a calendar month, from what is stored.</summary>
public sealed class PrecisionReading(StoreFactory stores, Protocol protocol)
{
    private const int AtOnce = 500;

    /// <param name="month">Any day of it. Votes are dated in UTC, judgements by their nights.</param>
    public async Task<IReadOnlyList<ArmPrecision>> OfAsync(DateOnly month, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var (from, to) = (new DateOnly(month.Year, month.Month, 1), new DateOnly(month.Year, month.Month, 1).AddMonths(1).AddDays(-1));
        var judged = await store.Judgements.GroupBy(row => row.RecordId).Select(rows => new { Record = rows.Key, First = rows.Min(row => row.Night) }).Where(row => row.First >= from && row.First <= to).Select(row => row.Record).ToListAsync(cancellationToken);
        var chain = await DecisionBook.ChainAsync(store, cancellationToken);
        var screened = chain.Where(decision => DateOnly.FromDateTime(decision.At.UtcDateTime) is var day && day >= from && day <= to)
            .Where(decision => decision.Content() is Vote { Stage: Stage.Title } or Adjudication { Stage: Stage.Title }).Select(decision => decision.Subject).ToHashSet(StringComparer.Ordinal);
        var classes = (await ClassedStudies.OfAsync(store, ScreeningState.Of(protocol, chain), cancellationToken)).SelectMany(study => study.Records.Select(record => (record, study.Class))).ToLookup(pair => pair.record, pair => pair.Class);
        var records = new List<MonthRecord>();
        var found = new List<ArmFind>();
        foreach (var share in judged.Union(screened, StringComparer.Ordinal).Order(StringComparer.Ordinal).Chunk(AtOnce))
        {
            var verdicts = (await store.Judgements.AsNoTracking().Where(row => share.Contains(row.RecordId) && row.Night <= to).OrderBy(row => row.Id).Select(row => new { row.RecordId, row.Verdict }).ToListAsync(cancellationToken)).ToLookup(row => row.RecordId, row => (Verdict?)row.Verdict);
            records.AddRange(share.Select(Holdings.IdOf).Select(id => new MonthRecord(
                id, verdicts[id.Text].LastOrDefault(), screened.Contains(id.Text) ? ScreenedThen.Yes : ScreenedThen.No, classes[id].Any() ? classes[id].Min() : null)));
            found.AddRange((await store.Matches.AsNoTracking().Where(match => share.Contains(match.RecordId) && match.Night <= to).Select(match => new { match.Source, match.Arm, match.RecordId }).ToListAsync(cancellationToken))
                .Select(match => new ArmFind(match.Source, match.Arm, Holdings.IdOf(match.RecordId))));
        }

        return ArmPrecision.Of(records, found);
    }
}
