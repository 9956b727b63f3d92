using CarTIngest.Records;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>Every record is as its newest revision says, and none has revisions without being held.</summary>
internal static class IntegrityOfRecords
{
    public static async Task CheckAsync(StoreContext store, IntegrityOfRevisions revisions, List<string> faults, CancellationToken cancellationToken)
    {
        var held = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var record in store.Records.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            held.Add(record.Id);
            var newest = revisions.Newest.GetValueOrDefault(record.Id);
            var line = IntegrityDamage.RecordOf(record.Body);
            if (newest is null || line is null || (record.Revision, record.ContentHash, record.Version) != (newest.Number, newest.ContentHash, newest.Version)
                || IntegrityMark.LineOf(line) != newest.Line)
            {
                faults.Add($"{record.Id} is not as its newest revision says.");
            }

            if (!RecordId.TryParse(record.Id, out var id) || id.Text != record.Id || id.Source != record.Source)
            {
                faults.Add($"{record.Id} is called a record of {record.Source}.");
            }
        }

        faults.AddRange(revisions.Newest.Keys.Where(id => !held.Contains(id)).Select(orphan => $"{orphan} has revisions and is not held."));
    }
}
