using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Reporting;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>What a source's night has to tell as new, revised and changed, whichever run brought it.</summary>
internal static class ToldArrivals
{
    /// <summary>
    /// Revised and changed is what came after the last night that told anything. New is what came after the last complete night and was not named as new since:
    /// a night that is not complete tells as new only what its proven arms announce, and the rest of what it brought is still to be told.
    /// </summary>
    /// <param name="run">The run that tells it; what later runs brought is theirs to tell.</param>
    public static async Task<Arrivals> SinceLastToldAsync(StoreContext store, string source, long run, CancellationToken cancellationToken)
    {
        var answered = AnsweredBefore(store, source, run);
        var told = await answered.MaxAsync(row => (long?)row.RunId, cancellationToken) ?? 0;
        var complete = await LastCompleteAsync(store, source, run, cancellationToken);
        var since = await answered.Where(row => row.RunId > complete).Select(row => row.Sums).ToListAsync(cancellationToken);
        var named = since.SelectMany(sums => NightReportJson.ReadSource(sums).Named.New).ToHashSet();
        var revisions = await (from revision in store.Revisions
                               join record in store.Records on revision.RecordId equals record.Id
                               where record.Source == source && revision.RunId > complete && revision.RunId <= run
                               select new { revision.RecordId, revision.Number, revision.RunId }).ToListAsync(cancellationToken);
        var added = revisions.Where(revision => revision.Number == 1).Select(revision => Holdings.IdOf(revision.RecordId)).Where(id => !named.Contains(id)).ToHashSet();
        var revised = revisions.Where(revision => revision.RunId > told).Select(revision => Holdings.IdOf(revision.RecordId)).Where(id => !added.Contains(id)).ToHashSet();
        var changes = await (from change in store.Changes
                             join record in store.Records on change.RecordId equals record.Id
                             where record.Source == source && change.RunId > told && change.RunId <= run
                             orderby change.Id
                             select change).AsNoTracking().ToListAsync(cancellationToken);
        return new Arrivals(added, revised, [.. changes.Select(change => new FieldChange(Holdings.IdOf(change.RecordId), change.Field, change.From, change.To)).Where(change => revised.Contains(change.Id))]);
    }

    /// <summary>The source's last complete run before one: what came up to then has been told. 0: none.</summary>
    public static async Task<long> LastCompleteAsync(StoreContext store, string source, long run, CancellationToken cancellationToken) =>
        await AnsweredBefore(store, source, run).Where(row => row.Complete).MaxAsync(row => (long?)row.RunId, cancellationToken) ?? 0;

    private static IQueryable<RunSource> AnsweredBefore(StoreContext store, string source, long run) =>
        store.RunSources.Where(row => row.Source == source && row.DataVersionAfter != null && row.RunId < run);
}

/// <param name="Added">Records of which the first reading is among what came.</param>
/// <param name="Revised">Records held before, of which another reading came.</param>
/// <param name="Changes">What those other readings changed, in their order.</param>
public sealed record Arrivals(IReadOnlySet<RecordId> Added, IReadOnlySet<RecordId> Revised, IReadOnlyList<FieldChange> Changes);
