using CarTIngest.Eligibility;
using CarTIngest.Records;

namespace CarTIngest.Screening;

/// <summary>
/// Which studies enter the queue. Without a base review all that are likely or possible do, and the unlikely too as long as they are not set aside. With one, a record that was
/// public before its search brings nothing in unless catch-up chose it, or its trial posts results; the base's own studies are in the review already. What a night gives does not depend on the order of the studies.
/// </summary>
/// <param name="searched">Of the base review; null without one.</param>
/// <param name="month">The night's, in which audit samples are drawn.</param>
/// <param name="resultsCame">The studies whose results were posted tonight.</param>
public sealed class QueueRules(ScreeningState state, PartialDate? searched, IReadOnlySet<RecordId> inBase, DateOnly month, IReadOnlySet<string> resultsCame)
{
    private readonly CatchUpWish wish = CatchUpWish.Of(state);
    private readonly MonthlyAudit audit = new(state.Protocol.Audit, month);

    /// <param name="entered">Of the studies that are in the queue: their ids, those of then and those of now, and the records that brought them. What brought one study in, before or tonight, brings in no second. Those of tonight are added.</param>
    /// <returns>The new entries, by study.</returns>
    public IReadOnlyList<QueueEntry> Entries(IEnumerable<JudgedStudy> studies, ISet<string> entered)
    {
        var entries = new List<QueueEntry>();
        foreach (var study in studies.OrderBy(study => study.Id, StringComparer.Ordinal))
        {
            if (!entered.Contains(study.Id) && EntryOf(study, entered) is { } entry)
            {
                entries.Add(entry);
                entered.UnionWith([entry.Study, entry.By.Text]);
            }
        }

        return entries;
    }

    /// <summary>Likely and possible studies that are held outside the queue: what catch-up is about.</summary>
    /// <param name="entered">With those that enter tonight.</param>
    public IReadOnlyList<QueueEntry> Outside(IEnumerable<JudgedStudy> studies, ISet<string> entered) =>
        searched is null ? [] : [.. studies.Where(study => study.Verdict >= Verdict.Possible && !entered.Contains(study.Id) && !InBase(study) && EntryOf(study, entered) is null && study.Records.Any(record => !record.KnownBefore))
            .Select(study => new QueueEntry(study.Id, Best(study.Records.Where(record => !record.KnownBefore)).Id, study.Verdict, QueueWay.CatchUp))
            .OrderByDescending(entry => entry.Verdict).ThenBy(entry => entry.Study, StringComparer.Ordinal)];

    private bool InBase(JudgedStudy study) => study.Records.Any(record => inBase.Contains(record.Id));

    private QueueEntry? EntryOf(JudgedStudy study, ISet<string> entered)
    {
        if (InBase(study))
        {
            return null;
        }

        var bringing = study.Records.Where(record => !record.KnownBefore && !entered.Contains(record.Id.Text)).ToList();
        var since = bringing.Where(record => searched is not { } search || !FirstPublic.IsBefore(record.FirstPublic, search)).ToList();
        return Brought(study, since.Where(record => record.Verdict >= Verdict.Possible), QueueWay.Verdict)
            ?? (wish.Covers(study) ? Brought(study, bringing.Where(record => record.Verdict >= Verdict.Possible), QueueWay.CatchUp) : null)
            ?? (resultsCame.Contains(study.Id) ? Brought(study, bringing.Where(record => record.Verdict >= Verdict.Possible), QueueWay.ResultsPosted) : null)
            ?? Brought(study, since.Where(record => !IsSetAside(record)), QueueWay.NothingSetAside)
            ?? (study.Verdict > Verdict.Unlikely ? null : Brought(study, since.Where(MonthlyAudit.IsSilent), QueueWay.AuditSilent) ?? Brought(study, since.Where(audit.Draws), QueueWay.AuditDrawn));
    }

    private bool IsSetAside(JudgedRecord record) => record.Verdict != Verdict.Unlikely || state.UnlikelySetAside?.Covers(record.Rulebook) == true;

    private static QueueEntry? Brought(JudgedStudy study, IEnumerable<JudgedRecord> by, QueueWay way)
    {
        var records = by.ToList();
        return records.Count == 0 ? null : Best(records) is var best ? new QueueEntry(study.Id, best.Id, best.Verdict, way) : null;
    }

    /// <summary>The most likely; of several the one with the lowest id, a registration before a paper.</summary>
    private static JudgedRecord Best(IEnumerable<JudgedRecord> records) => records.OrderByDescending(record => record.Verdict).ThenBy(record => record.Id).First();
}
