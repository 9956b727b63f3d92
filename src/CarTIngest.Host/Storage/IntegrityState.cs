using System.Security.Cryptography;
using System.Text;
using CarTIngest.Records;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>Records, revisions, changes, verdicts, studies, base review, queue and decisions in key order, as text that no database rearranges; no clock times, nights, requests or attempts.</summary>
internal static class IntegrityState
{
    private const int AtOnce = 200;

    /// <returns>sha256:…</returns>
    public static async Task<string> OfAsync(StoreContext store, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // The databases order text each in their own way; here it is by code unit, and a share of the rows at a time.
        foreach (var ids in await InOrderAsync(store.Records.Select(record => record.Id), cancellationToken))
        {
            var records = await store.Records.AsNoTracking().Where(record => ids.Contains(record.Id)).ToListAsync(cancellationToken);
            foreach (var record in records.OrderBy(record => record.Id, StringComparer.Ordinal))
            {
                Line(hash, "record", record.Id, record.Standing.ToString(), record.Revision.ToString(null, null), record.ContentHash, record.MergedInto, RecordJson.Write(RecordJson.Read(record.Body)));
            }
        }

        var revisions = await store.Revisions.AsNoTracking().Select(revision => new { revision.RecordId, revision.Number, revision.ContentHash }).ToListAsync(cancellationToken);
        foreach (var revision in revisions.OrderBy(revision => revision.RecordId, StringComparer.Ordinal).ThenBy(revision => revision.Number))
        {
            Line(hash, "revision", revision.RecordId, revision.Number.ToString(null, null), revision.ContentHash);
        }

        foreach (var ids in await InOrderAsync(store.Changes.Select(change => change.RecordId).Distinct(), cancellationToken))
        {
            var changes = await store.Changes.AsNoTracking().Where(change => ids.Contains(change.RecordId)).ToListAsync(cancellationToken);
            foreach (var change in changes.OrderBy(change => change.RecordId, StringComparer.Ordinal).ThenBy(change => change.Revision).ThenBy(change => change.Field, StringComparer.Ordinal))
            {
                Line(hash, "change", change.RecordId, change.Revision.ToString(null, null), change.Field, change.From, change.To);
            }
        }

        foreach (var line in await IntegrityOfJudging.LinesAsync(store, cancellationToken))
        {
            Line(hash, line);
        }

        foreach (var line in await IntegrityOfScreening.LinesAsync(store, cancellationToken))
        {
            Line(hash, line);
        }

        return $"sha256:{ContentHash.Of(hash)}";
    }

    private static async Task<IEnumerable<string[]>> InOrderAsync(IQueryable<string> ids, CancellationToken cancellationToken) =>
        (await ids.ToListAsync(cancellationToken)).Order(StringComparer.Ordinal).Chunk(AtOnce);

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
