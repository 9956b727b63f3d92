using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Replay;

/// <summary>Makes an empty store hold what the store held when a night began, as far as a night heeds it.</summary>
public static class ReplayBeginning
{
    private const int AtOnce = 200;

    public static async Task MakeAsync(NightJournal journal, StoreFactory kept, StoreFactory empty, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(kept);
        ArgumentNullException.ThrowIfNull(empty);
        await empty.MigrateAsync(cancellationToken);
        await using var from = kept.Open();
        await using var to = empty.Open();
        var run = journal.Run.Id;
        to.Runs.AddRange(await from.Runs.AsNoTracking().Where(row => row.Id < run).ToListAsync(cancellationToken));
        to.RunSources.AddRange(await from.RunSources.AsNoTracking().Where(row => row.RunId < run).ToListAsync(cancellationToken));
        to.RunArms.AddRange(await from.RunArms.AsNoTracking().Where(row => row.RunId < run).ToListAsync(cancellationToken));
        await to.SaveAndForgetAsync(cancellationToken);
        foreach (var source in journal.Sources)
        {
            if (source.Before.Mark is { } mark)
            {
                to.Watermarks.Add(mark);
            }

            var complete = await ToldArrivals.LastCompleteAsync(from, source.Source, run, cancellationToken);
            foreach (var some in source.Before.Held.Chunk(AtOnce))
            {
                await HoldAsync(from, to, some, source.Source, journal.Run.Night, complete, cancellationToken);
                await to.SaveAndForgetAsync(cancellationToken);
            }
        }

        await to.SaveAndForgetAsync(cancellationToken);
    }

    /// <summary>Whether the night was told to read everything again: then every source of it did. Where one did by its own policy it does so again.</summary>
    public static async Task<ReadingScope> ScopeOfAsync(StoreFactory kept, long run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(kept);
        await using var store = kept.Open();
        return await store.RunSources.Where(row => row.RunId == run).AllAsync(row => row.ReadWhole, cancellationToken) ? ReadingScope.Whole : ReadingScope.AsDue;
    }

    /// <summary>Each record as it was then; of its revisions the newest, and those that a night may still have to tell.</summary>
    private static async Task HoldAsync(StoreContext from, StoreContext to, HeldBefore[] held, string source, DateOnly night, long complete, CancellationToken cancellationToken)
    {
        var newest = held.ToDictionary(record => record.Id, record => record.Revision, StringComparer.Ordinal);
        var revisions = await from.Revisions.AsNoTracking().Where(revision => newest.Keys.Contains(revision.RecordId)).ToListAsync(cancellationToken);
        var then = revisions.Where(revision => revision.Number == newest[revision.RecordId] || (revision.Number < newest[revision.RecordId] && revision.RunId > complete)).ToList();
        to.Revisions.AddRange(then);
        var changes = await from.Changes.AsNoTracking().Where(change => newest.Keys.Contains(change.RecordId) && change.RunId > complete).ToListAsync(cancellationToken);
        to.Changes.AddRange(changes.Where(change => change.Revision <= newest[change.RecordId]));
        foreach (var record in held)
        {
            var revision = then.SingleOrDefault(row => row.RecordId == record.Id && row.Number == record.Revision)
                ?? throw new StoreDamagedException($"Revision {record.Revision} of {record.Id} is not held.");
            to.Records.Add(RowOf(record, revision, source, night));
        }
    }

    private static HeldRecord RowOf(HeldBefore record, Revision revision, string source, DateOnly night) => new()
    {
        Id = record.Id,
        Source = source,
        Standing = record.Standing,
        Announced = record.Announced,
        Baseline = false,
        Stamp = record.Stamp ?? "",
        ContentHash = revision.ContentHash,
        Revision = record.Revision,
        Version = RecordJson.Read(revision.Body) is Publication publication ? publication.Version : 1,
        Body = revision.Body,
        FirstSeen = night,
        LastSeen = night,
        LastRead = DateTimeOffset.FromUnixTimeMilliseconds(record.LastRead),
        MissingIn = record.MissingIn,
    };
}
