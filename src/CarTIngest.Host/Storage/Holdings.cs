using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Sources;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>What is held of one source, and where each record stands with it.</summary>
public sealed class Holdings(StoreFactory stores)
{
    /// <summary>Every record of the source, gone ones too, without their bodies.</summary>
    public async Task<IReadOnlyDictionary<RecordId, HeldStanding>> OfAsync(string source, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var rows = await store.Records.AsNoTracking().Where(record => record.Source == source)
            .Select(record => new { record.Id, record.Stamp, record.LastRead, record.Announced, record.Standing, record.MissingIn, record.Revision })
            .ToListAsync(cancellationToken);
        return rows.ToDictionary(
            row => IdOf(row.Id),
            row => new HeldStanding(new HeldMark(row.Stamp, row.LastRead, row.Announced, row.Standing == Standing.Gone), row.Standing, row.MissingIn, row.Revision));
    }

    /// <summary>
    /// Writes where the records stand after a census that was proven and believed: announced ones are current; of the others each as told.
    /// Part of the caller's transaction; the caller saves.
    /// </summary>
    public static async Task ReconcileAsync(
        StoreContext store, string source, DateOnly night, IReadOnlySet<RecordId> announced, IReadOnlyList<AbsentRecord> absent, CancellationToken cancellationToken)
    {
        var told = absent.ToDictionary(record => record.Id.Text, StringComparer.Ordinal);
        var rows = await store.Records.Where(record => record.Source == source && (!record.Announced || record.Standing != Standing.Current)).ToListAsync(cancellationToken);
        foreach (var row in rows.Where(row => announced.Contains(IdOf(row.Id))))
        {
            (row.Announced, row.Standing, row.MissingIn, row.MergedInto, row.GoneSince) = (true, Standing.Current, null, null, null);
        }

        foreach (var chunk in told.Keys.Chunk(RecordPlacing.LargestBatch))
        {
            foreach (var row in await store.Records.Where(record => chunk.Contains(record.Id)).ToListAsync(cancellationToken))
            {
                var now = told[row.Id];
                // Once said to be part of another record it stays so, though the source later says only that it has none of that number.
                (row.Standing, row.MissingIn, row.MergedInto) = (now.Standing, now.MissingIn, now.Standing == Standing.Left ? null : now.MergedInto?.Text ?? row.MergedInto);
                row.GoneSince = now.Standing == Standing.Gone ? night : null;
            }
        }

        await store.SaveChangesAsync(cancellationToken);
        await store.Records.Where(record => record.Source == source && record.Announced && record.Standing == Standing.Current)
            .ExecuteUpdateAsync(set => set.SetProperty(record => record.LastSeen, night), cancellationToken);
    }

    internal static RecordId IdOf(string stored) =>
        RecordId.TryParse(stored, out var id) ? id : throw new StoreDamagedException($"'{stored}' in the store is no record id.");
}

/// <param name="MissingIn">The data version in which it was first not given.</param>
/// <param name="Revision">The number of its newest revision.</param>
public sealed record HeldStanding(HeldMark Mark, Standing Standing, string? MissingIn, int Revision);

/// <summary>A held record that no arm announces, and how the source answered when asked for it.</summary>
public sealed record AbsentRecord(RecordId Id, Standing Standing, string Why, string? MissingIn, RecordId? MergedInto);
