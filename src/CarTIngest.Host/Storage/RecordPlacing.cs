using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Reporting;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>
/// Puts readings where they belong: New, Revised, Unchanged, Quarantined. One batch is one transaction, and placing the same batch again changes
/// nothing. What is unchanged is recognised by its hash and not written.
/// </summary>
public sealed class RecordPlacing(StoreFactory stores, TimeProvider clock)
{
    /// <summary>Records that one transaction may take; larger batches are the caller's to cut.</summary>
    public const int LargestBatch = 500;

    /// <summary>One placement per incoming record, in their order.</summary>
    public async Task<IReadOnlyList<Placement>> PlaceAsync(PlacingOrder order, IReadOnlyList<Incoming> batch, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batch.Count, LargestBatch);
        await using var store = stores.Open();
        await using var transaction = await store.Database.BeginTransactionAsync(cancellationToken);
        await order.Lease.GuardAsync(store, cancellationToken);
        var ids = batch.Where(incoming => incoming.Id is not null).Select(incoming => incoming.Id!.Value.Text).Distinct().ToList();
        var held = await store.Records.Where(record => ids.Contains(record.Id)).ToDictionaryAsync(record => record.Id, StringComparer.Ordinal, cancellationToken);
        var known = order.RunId is not null ? [] : (await store.Revisions.Where(revision => ids.Contains(revision.RecordId)).Select(revision => new { revision.RecordId, revision.ContentHash }).ToListAsync(cancellationToken))
            .Select(revision => (revision.RecordId, revision.ContentHash)).ToHashSet();
        var quarantined = await store.Quarantine.Where(entry => entry.Open && entry.RecordId != null && ids.Contains(entry.RecordId)).ToListAsync(cancellationToken);
        var highest = batch.Where(incoming => incoming.Record is Publication).GroupBy(incoming => incoming.Id!.Value)
            .ToDictionary(versions => versions.Key, versions => versions.Max(incoming => ((Publication)incoming.Record!).Version));
        var placements = new List<Placement>(batch.Count);
        foreach (var incoming in batch)
        {
            if (incoming.Record is Publication publication && publication.Version < highest[publication.Id])
            {
                placements.Add(new Placement(incoming.Id, PlacementKind.Superseded, []));
                continue;
            }

            placements.Add(incoming.Record is null
                ? await QuarantineAsync(store, order, incoming, cancellationToken)
                : Place(store, order, incoming, incoming.Record, held, known));
            if (incoming.Record is not null)
            {
                quarantined.Where(entry => entry.RecordId == incoming.Id!.Value.Text).ToList().ForEach(entry => entry.Open = false);
            }
        }

        await store.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return placements;
    }

    private Placement Place(StoreContext store, PlacingOrder order, Incoming incoming, SourceRecord record, Dictionary<string, HeldRecord> held, IReadOnlySet<(string Id, string Hash)> known)
    {
        var id = incoming.Id!.Value;
        var row = held.GetValueOrDefault(id.Text);
        if (record is DeletedRecord)
        {
            return Withdraw(id, row, order.Night);
        }

        var version = record is Publication publication ? publication.Version : 1;
        if (row is null)
        {
            row = NewRow(order, incoming, RecordJson.Write(record), version);
            held[id.Text] = row;
            store.Records.Add(row);
            store.Revisions.Add(RevisionOf(row, order, incoming));
            return new Placement(id, PlacementKind.New, []);
        }

        if (version < row.Version || (order.RunId is null && IsOlder(record, row, incoming.Hash, known)))
        {
            return new Placement(id, PlacementKind.Superseded, []);
        }

        row.LastRead = clock.GetUtcNow();
        row.Stamp = incoming.Stamp.Length > 0 ? incoming.Stamp : row.Stamp;
        if (order.RunId is null && row.Standing == Standing.Gone)
        {
            (row.Standing, row.MissingIn, row.MergedInto, row.GoneSince) = (Standing.Current, null, null, null);
        }

        if (row.ContentHash == incoming.Hash.Hex)
        {
            return new Placement(id, PlacementKind.Unchanged, []);
        }

        if (order.RunId is null && row.Announced)
        {
            // A file may be older than what the source gives now: the next night reads it again.
            (row.Stamp, row.LastRead) = ("", DateTimeOffset.UnixEpoch);
        }

        var body = RecordJson.Write(record);
        var changes = RecordDiff.Between(RecordJson.Read(row.Body), record);
        (row.ContentHash, row.Body, row.Version, row.Revision) = (incoming.Hash.Hex, body, version, row.Revision + 1);
        store.Revisions.Add(RevisionOf(row, order, incoming));
        store.Changes.AddRange(changes.Select(change => new Change
        {
            RecordId = id.Text,
            Revision = row.Revision,
            Field = change.Field,
            From = change.From,
            To = change.To,
            Night = order.Night,
            RunId = order.RunId,
        }));
        return new Placement(id, PlacementKind.Revised, changes);
    }

    /// <summary>A file imported again, or one older than what is held, takes nothing back.</summary>
    private static bool IsOlder(SourceRecord record, HeldRecord row, ContentHash hash, IReadOnlySet<(string Id, string Hash)> known) =>
        (row.ContentHash != hash.Hex && known.Contains((row.Id, hash.Hex)))
        || (record is Trial { LastUpdatePosted: { } posted } && RecordJson.Read(row.Body) is Trial { LastUpdatePosted: { } held } && string.CompareOrdinal(posted.Text, held.Text) < 0);

    /// <summary>A file says that the source deleted it. What was read of it stays, and so do its decisions.</summary>
    private static Placement Withdraw(RecordId id, HeldRecord? row, DateOnly night)
    {
        if (row is null || row.Standing == Standing.Gone)
        {
            return new Placement(id, PlacementKind.Unchanged, []);
        }

        (row.Standing, row.GoneSince) = (Standing.Gone, night);
        return new Placement(id, PlacementKind.Withdrawn, []);
    }

    private static async Task<Placement> QuarantineAsync(StoreContext store, PlacingOrder order, Incoming incoming, CancellationToken cancellationToken)
    {
        var known = await store.Quarantine.AnyAsync(
            entry => entry.Open && entry.Source == order.Origin && entry.PayloadHash == incoming.Payload.Hex && entry.Offset == incoming.Offset, cancellationToken);
        if (!known)
        {
            store.Quarantine.Add(new QuarantineEntry
            {
                Source = order.Origin,
                RecordId = incoming.Id?.Text,
                Reason = incoming.Reason ?? "",
                PayloadHash = incoming.Payload.Hex,
                Offset = incoming.Offset,
                Length = incoming.Length,
                Night = order.Night,
                RunId = order.RunId,
            });
        }

        return new Placement(incoming.Id, PlacementKind.Quarantined, []);
    }

    private HeldRecord NewRow(PlacingOrder order, Incoming incoming, string body, int version) => new()
    {
        Id = incoming.Id!.Value.Text,
        Source = incoming.Id!.Value.Source,
        Standing = Standing.Current,
        Announced = order.RunId is not null,
        Baseline = order.Baseline,
        Stamp = incoming.Stamp,
        ContentHash = incoming.Hash.Hex,
        Revision = 1,
        Version = version,
        Body = body,
        FirstSeen = order.Night,
        LastSeen = order.Night,
        LastRead = clock.GetUtcNow(),
    };

    private static Revision RevisionOf(HeldRecord row, PlacingOrder order, Incoming incoming) => new()
    {
        RecordId = row.Id,
        Number = row.Revision,
        ContentHash = row.ContentHash,
        PayloadHash = incoming.Payload.Hex,
        Offset = incoming.Offset,
        Length = incoming.Length,
        ReaderVersion = incoming.ReaderVersion,
        Body = row.Body,
        Night = order.Night,
        RunId = order.RunId,
    };
}
