using System.Runtime.CompilerServices;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>Everything held, in the order of ids, one at a time.</summary>
public sealed class RecordExport(StoreFactory stores)
{
    /// <param name="asOf">The records as they were held at the end of that night; null: as they are held today, without those that their source deleted.</param>
    public async IAsyncEnumerable<ExportedRecord> AllAsync(DateOnly? asOf, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var held = store.Records.AsNoTracking().Where(record => asOf == null ? record.Standing != Standing.Gone : record.FirstSeen <= asOf && (record.GoneSince == null || record.GoneSince > asOf));
        var ids = await held.Select(record => record.Id).ToListAsync(cancellationToken);
        foreach (var chunk in ids.Select(Holdings.IdOf).Order().Select(id => id.Text).Chunk(RecordPlacing.LargestBatch))
        {
            var rows = await store.Records.AsNoTracking().Where(record => chunk.Contains(record.Id)).ToDictionaryAsync(record => record.Id, StringComparer.Ordinal, cancellationToken);
            var then = asOf is null ? null : await BodiesAsync(store, chunk, asOf.Value, cancellationToken);
            foreach (var id in chunk)
            {
                var body = then is null ? rows[id].Body : then[id];
                yield return new ExportedRecord(RecordJson.Read(body), rows[id].FirstSeen, asOf < rows[id].LastSeen ? asOf.Value : rows[id].LastSeen, rows[id].Baseline);
            }
        }
    }

    private static async Task<Dictionary<string, string>> BodiesAsync(StoreContext store, string[] ids, DateOnly asOf, CancellationToken cancellationToken)
    {
        var revisions = await store.Revisions.AsNoTracking().Where(revision => ids.Contains(revision.RecordId) && revision.Night <= asOf)
            .OrderBy(revision => revision.Number).Select(revision => new { revision.RecordId, revision.Body }).ToListAsync(cancellationToken);
        return revisions.GroupBy(revision => revision.RecordId).ToDictionary(group => group.Key, group => group.Last().Body, StringComparer.Ordinal);
    }
}

/// <param name="FirstSeen">The night that brought it.</param>
/// <param name="Baseline">Whether it was imported as known to the team already.</param>
/// <param name="LastSeen">The last complete night whose arms announced it.</param>
public sealed record ExportedRecord(SourceRecord Record, DateOnly FirstSeen, DateOnly LastSeen, bool Baseline);
