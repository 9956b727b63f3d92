using System.Security.Cryptography;
using System.Text;
using CarTIngest.Records;
using CarTIngest.Reporting;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>Reads the whole store against itself: do the bytes still have their hashes, do the records stand on their bytes, do the sums of every night add up?</summary>
public sealed class Integrity(StoreFactory stores)
{
    /// <summary>Never changes anything. A damaged store gives faults, not an exception.</summary>
    public async Task<IntegrityReport> VerifyAsync(CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var faults = new List<string>();
        var lengths = await PayloadsAsync(store, faults, cancellationToken);
        await RevisionsAsync(store, lengths, faults, cancellationToken);
        await NightsAsync(store, faults, cancellationToken);
        var state = await StateAsync(store, cancellationToken);
        return new IntegrityReport(faults, $"sha256:{state}");
    }

    private static async Task<Dictionary<string, long>> PayloadsAsync(StoreContext store, List<string> faults, CancellationToken cancellationToken)
    {
        var lengths = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var payload in store.Payloads.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            lengths[payload.Hash] = payload.Length;
            try
            {
                if (ContentHash.Of(PayloadStore.Open(payload)).Hex is var hash && hash != payload.Hash)
                {
                    faults.Add($"Payload {payload.Hash} holds bytes whose hash is {hash}.");
                }
            }
            catch (StoreDamagedException damage)
            {
                faults.Add(damage.Message);
            }
        }

        return lengths;
    }

    private static async Task RevisionsAsync(StoreContext store, Dictionary<string, long> payloads, List<string> faults, CancellationToken cancellationToken)
    {
        var newest = new Dictionary<string, (int Number, string Hash)>(StringComparer.Ordinal);
        var revisions = store.Revisions.AsNoTracking().OrderBy(r => r.RecordId).ThenBy(r => r.Number)
            .Select(r => new { r.RecordId, r.Number, r.ContentHash, r.PayloadHash, r.Offset, r.Length });
        await foreach (var revision in revisions.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (!payloads.TryGetValue(revision.PayloadHash, out var length) || revision.Offset + revision.Length > length)
            {
                faults.Add($"{revision.RecordId}, revision {revision.Number}: its bytes are not in payload {revision.PayloadHash}.");
            }

            if (revision.Number != newest.GetValueOrDefault(revision.RecordId).Number + 1)
            {
                faults.Add($"{revision.RecordId}: a revision is missing before {revision.Number}.");
            }

            newest[revision.RecordId] = (revision.Number, revision.ContentHash);
        }

        var records = store.Records.AsNoTracking().Select(r => new { r.Id, r.Revision, r.ContentHash });
        await foreach (var record in records.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (newest.GetValueOrDefault(record.Id) != (record.Revision, record.ContentHash))
            {
                faults.Add($"{record.Id} is not as its newest revision says.");
            }

            newest.Remove(record.Id);
        }

        faults.AddRange(newest.Keys.Select(orphan => $"{orphan} has revisions and is not held."));
    }

    private static async Task NightsAsync(StoreContext store, List<string> faults, CancellationToken cancellationToken)
    {
        var complete = new Dictionary<string, DateOnly>(StringComparer.Ordinal);
        var nights = await (from row in store.RunSources.AsNoTracking() join run in store.Runs.AsNoTracking() on row.RunId equals run.Id orderby row.RunId select new { row, run.Night })
            .ToListAsync(cancellationToken);
        foreach (var (row, night) in nights.Select(pair => (pair.row, pair.Night)))
        {
            var sums = NightReportJson.ReadSource(row.Sums);
            if (sums.Answered && sums.Complete && (sums.Announced != sums.Held + sums.Quarantined + sums.Unavailable || sums.Held != sums.New + sums.Revised + sums.Unchanged))
            {
                faults.Add($"Run {row.RunId}, {row.Source}: it is called complete and its sums do not add up.");
            }

            if (row.Complete)
            {
                complete[row.Source] = complete.TryGetValue(row.Source, out var earlier) && earlier > night ? earlier : night;
            }
        }

        foreach (var mark in await store.Watermarks.AsNoTracking().ToListAsync(cancellationToken))
        {
            if (complete.GetValueOrDefault(mark.Source) != mark.Night)
            {
                faults.Add($"The watermark of {mark.Source} is {mark.Night:yyyy-MM-dd}, and the last complete night is {complete.GetValueOrDefault(mark.Source):yyyy-MM-dd}.");
            }
        }
    }

    /// <summary>Records, revisions and changes in key order, as text that no database rearranges; no clock times, nights, requests or attempts.</summary>
    private static async Task<ContentHash> StateAsync(StoreContext store, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var record in (await store.Records.AsNoTracking().ToListAsync(cancellationToken)).OrderBy(r => r.Id, StringComparer.Ordinal))
        {
            Line(hash, "record", record.Id, record.Standing.ToString(), record.Revision.ToString(null, null), record.ContentHash, record.MergedInto, Normal(record.Body));
        }

        var revisions = await store.Revisions.AsNoTracking().Select(r => new { r.RecordId, r.Number, r.ContentHash }).ToListAsync(cancellationToken);
        foreach (var revision in revisions.OrderBy(r => r.RecordId, StringComparer.Ordinal).ThenBy(r => r.Number))
        {
            Line(hash, "revision", revision.RecordId, revision.Number.ToString(null, null), revision.ContentHash);
        }

        foreach (var change in (await store.Changes.AsNoTracking().ToListAsync(cancellationToken))
            .OrderBy(c => c.RecordId, StringComparer.Ordinal).ThenBy(c => c.Revision).ThenBy(c => c.Field, StringComparer.Ordinal))
        {
            Line(hash, "change", change.RecordId, change.Revision.ToString(null, null), change.Field, change.From, change.To);
        }

        return ContentHash.Of(hash);
    }

    private static string Normal(string body) => RecordJson.Write(RecordJson.Read(body));

    private static void Line(IncrementalHash hash, params ReadOnlySpan<string?> parts)
    {
        foreach (var part in parts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part ?? "\u0001"));
            hash.AppendData("\0"u8);
        }

        hash.AppendData("\n"u8);
    }
}

/// <param name="Faults">One sentence each; empty when the store is whole.</param>
/// <param name="State">sha256:… of what is held, the same for two stores that hold the same.</param>
public sealed record IntegrityReport(IReadOnlyList<string> Faults, string State)
{
    public bool Whole => Faults.Count == 0;
}
