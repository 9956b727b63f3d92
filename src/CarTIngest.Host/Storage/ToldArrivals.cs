using CarTIngest.Records;
using CarTIngest.Reporting;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>What a source's night has to tell as new, revised and changed: all that came after its last night that told anything, whichever run brought it.</summary>
internal static class ToldArrivals
{
    /// <param name="run">The run that tells it; what later runs brought is theirs to tell.</param>
    public static async Task<Arrivals> SinceLastToldAsync(StoreContext store, string source, long run, CancellationToken cancellationToken)
    {
        var told = await store.RunSources.Where(row => row.Source == source && row.DataVersionAfter != null && row.RunId < run).MaxAsync(row => (long?)row.RunId, cancellationToken) ?? 0;
        var revisions = await (from revision in store.Revisions
                               join record in store.Records on revision.RecordId equals record.Id
                               where record.Source == source && revision.RunId > told && revision.RunId <= run
                               select new { revision.RecordId, revision.Number }).ToListAsync(cancellationToken);
        var added = revisions.Where(revision => revision.Number == 1).Select(revision => Holdings.IdOf(revision.RecordId)).ToHashSet();
        var revised = revisions.Select(revision => Holdings.IdOf(revision.RecordId)).Where(id => !added.Contains(id)).ToHashSet();
        var changes = await (from change in store.Changes
                             join record in store.Records on change.RecordId equals record.Id
                             where record.Source == source && change.RunId > told && change.RunId <= run
                             orderby change.Id
                             select change).AsNoTracking().ToListAsync(cancellationToken);
        return new Arrivals(added, revised, [.. changes.Select(change => new FieldChange(Holdings.IdOf(change.RecordId), change.Field, change.From, change.To)).Where(change => revised.Contains(change.Id))]);
    }
}

/// <param name="Added">Records of which the first reading is among what came.</param>
/// <param name="Revised">Records held before, of which another reading came.</param>
/// <param name="Changes">What those other readings changed, in their order.</param>
public sealed record Arrivals(IReadOnlySet<RecordId> Added, IReadOnlySet<RecordId> Revised, IReadOnlyList<FieldChange> Changes);
