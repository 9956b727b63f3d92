using CarTIngest.Host.Storage;
using CarTIngest.Records;
using CarTIngest.Sources.Files;

namespace CarTIngest.Host.Nightly;

/// <summary>
/// Brings files of records into the store by the same placing as a night. Their bytes are kept first, in pieces of a batch each. Stopped and begun
/// again, it finds what it placed unchanged and goes on.
/// </summary>
public sealed class FileImport(RecordFile files, RecordPlacing placing, StoreFactory stores, TimeProvider clock)
{
    private const int BatchSize = 200;
    private const int BatchBytes = 8 << 20;

    /// <param name="night">The date under which what is new is first seen.</param>
    /// <param name="kind">What the records that are new mean to the team.</param>
    /// <param name="lease">The right to write, from <see cref="Leases"/>.</param>
    public async Task<ImportCount> RunAsync(string file, DateOnly night, HeldLease lease, ImportAs kind, CancellationToken cancellationToken)
    {
        var count = new ImportCount(file, 0, 0, 0, 0, 0);
        var order = new PlacingOrder(file, night, null, lease, kind == ImportAs.Baseline);
        var batch = new List<(Reading Reading, long Offset)>(BatchSize);
        using var bytes = new MemoryStream();
        await foreach (var reading in files.ReadAsync(file, new DriftTally(), cancellationToken))
        {
            batch.Add((reading, bytes.Length));
            bytes.Write(reading.Bytes.Span);
            if (batch.Count == BatchSize || bytes.Length > BatchBytes)
            {
                count = await PlaceAsync(count, order, batch, bytes, cancellationToken);
            }
        }

        return batch.Count == 0 ? count : await PlaceAsync(count, order, batch, bytes, cancellationToken);
    }

    private async Task<ImportCount> PlaceAsync(ImportCount count, PlacingOrder order, List<(Reading Reading, long Offset)> batch, MemoryStream bytes, CancellationToken cancellationToken)
    {
        ContentHash payload;
        await using (var store = stores.Open())
        {
            payload = await PayloadStore.PutAsync(store, bytes.ToArray(), cancellationToken);
            await store.SaveChangesAsync(cancellationToken);
        }

        var placed = await placing.PlaceAsync(order, [.. batch.Select(piece => Incoming.From(piece.Reading, payload, piece.Offset, VersionOf(piece.Reading), _ => ""))], cancellationToken);
        batch.Clear();
        bytes.SetLength(0);
        return count with
        {
            Read = count.Read + placed.Count(p => p.Kind != PlacementKind.Quarantined),
            New = count.New + placed.Count(p => p.Kind == PlacementKind.New),
            Revised = count.Revised + placed.Count(p => p.Kind is PlacementKind.Revised or PlacementKind.Withdrawn),
            Unchanged = count.Unchanged + placed.Count(p => p.Kind is PlacementKind.Unchanged or PlacementKind.Superseded),
            Quarantined = count.Quarantined + placed.Count(p => p.Kind == PlacementKind.Quarantined),
        };
    }

    private string VersionOf(Reading reading) => reading is ReadRecord read ? files.ReaderVersionOf(read.Record.Id.Source) : "";

    /// <summary>Today by the clock, in UTC: an import belongs to no night.</summary>
    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
}

/// <summary>What an import's new records mean to the team.</summary>
public enum ImportAs
{
    /// <summary>Records like those that a night brings.</summary>
    Records,

    /// <summary>Records that the team knew before the living review began: they open nothing in the queue.</summary>
    Baseline,
}

/// <summary>What one file held. Read = new + revised + unchanged; deletions of held records count as revised.</summary>
public sealed record ImportCount(string File, int Read, int New, int Revised, int Unchanged, int Quarantined);
