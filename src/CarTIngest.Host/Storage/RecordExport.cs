using System.Runtime.CompilerServices;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Reporting.Exports;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>What is held, in the order of ids, one record at a time.</summary>
public sealed class RecordExport(StoreFactory stores)
{
    /// <summary>Everything.</summary>
    /// <param name="asOf">The records as they were held at the end of that night; null: as they are held today, without those that their source deleted.</param>
    public async IAsyncEnumerable<ExportedRecord> AllAsync(DateOnly? asOf, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var held = store.Records.AsNoTracking().Where(record => asOf == null ? record.Standing != Standing.Gone : record.FirstSeen <= asOf && (record.GoneSince == null || record.GoneSince > asOf));
        var ids = await held.Select(record => record.Id).ToListAsync(cancellationToken);
        await foreach (var record in TheseAsync(store, ids.Select(Holdings.IdOf), asOf, cancellationToken))
        {
            yield return record;
        }
    }

    /// <summary>These, also where their source deleted them since: what people decided on stays. Ids that are not held are passed over.</summary>
    internal static async IAsyncEnumerable<ExportedRecord> TheseAsync(StoreContext store, IEnumerable<RecordId> ids, DateOnly? asOf, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var chunk in ids.Distinct().Order().Select(id => id.Text).Chunk(RecordPlacing.LargestBatch))
        {
            var rows = await store.Records.AsNoTracking().Where(record => chunk.Contains(record.Id) && (asOf == null || record.FirstSeen <= asOf)).ToDictionaryAsync(record => record.Id, StringComparer.Ordinal, cancellationToken);
            var then = asOf is null ? null : await BodiesAsync(store, chunk, asOf.Value, cancellationToken);
            foreach (var id in chunk.Where(rows.ContainsKey))
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
