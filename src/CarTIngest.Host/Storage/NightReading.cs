using CarTIngest.Host.Storage.Model;
using CarTIngest.Reporting;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>One run whole, as the store kept it.</summary>
public sealed class NightReading(StoreFactory stores)
{
    /// <returns>Null when there is no such run.</returns>
    public async Task<NightSeen?> ReadAsync(long run, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var row = await store.Runs.AsNoTracking().SingleOrDefaultAsync(one => one.Id == run, cancellationToken);
        return row is null ? null : new NightSeen(
            row,
            [.. (await store.RunSources.AsNoTracking().Where(one => one.RunId == run).OrderBy(one => one.Source).ToListAsync(cancellationToken)).Select(one => NightReportJson.ReadSource(one.Sums))],
            await store.RunArms.AsNoTracking().Where(one => one.RunId == run).OrderBy(one => one.Source).ThenBy(one => one.Arm).ToListAsync(cancellationToken),
            await store.RunNamed.AsNoTracking().Where(one => one.RunId == run).OrderBy(one => one.Source).ThenBy(one => one.Kind).ThenBy(one => one.RecordId).ToListAsync(cancellationToken),
            await store.Changes.AsNoTracking().Where(one => one.RunId == run).OrderBy(one => one.RecordId).ThenBy(one => one.Id).ToListAsync(cancellationToken),
            await store.Tasks.AsNoTracking().Where(one => one.RunId == run).OrderBy(one => one.Study).ThenBy(one => one.Id).ToListAsync(cancellationToken),
            await store.Queue.AsNoTracking().Where(one => one.RunId == run).OrderBy(one => one.Study).Select(one => one.By).ToListAsync(cancellationToken));
    }
}

/// <param name="Entered">The records by which studies entered the queue; how each came is not told, for people screen blind.</param>
public sealed record NightSeen(Run Run, IReadOnlyList<SourceNight> Sources, IReadOnlyList<RunArm> Arms, IReadOnlyList<RunNamed> Named, IReadOnlyList<Change> Changes, IReadOnlyList<AskedTask> Tasks, IReadOnlyList<string> Entered);
