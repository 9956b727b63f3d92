using CarTIngest.Host.Storage.Model;
using CarTIngest.Reporting;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>What an operator asks first: the last nights, how far each source is complete, how much is held.</summary>
public sealed class StoreStatus(StoreFactory stores)
{
    /// <param name="nights">How many runs back, the newest first.</param>
    public async Task<StatusReport> ReadAsync(int nights, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var runs = await store.Runs.AsNoTracking().OrderByDescending(run => run.Id).Take(nights).ToListAsync(cancellationToken);
        var ids = runs.Select(run => run.Id).ToList();
        var sources = await store.RunSources.AsNoTracking().Where(row => ids.Contains(row.RunId)).ToListAsync(cancellationToken);
        var held = await store.Records.Where(record => record.Standing != Standing.Gone).GroupBy(record => record.Source)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        return new StatusReport(
            [.. runs.Select(run => new RunStatus(
                run.Id, run.Night, run.StartedAt, run.EndedAt, [.. sources.Where(row => row.RunId == run.Id).OrderBy(row => row.Source, StringComparer.Ordinal).Select(row => NightReportJson.ReadSource(row.Sums))]))],
            await store.Watermarks.AsNoTracking().OrderBy(mark => mark.Source).ToDictionaryAsync(mark => mark.Source, mark => mark.Night, cancellationToken),
            new HeldCounts(held.GetValueOrDefault("pubmed"), held.GetValueOrDefault("clinicaltrials")),
            await store.Quarantine.CountAsync(entry => entry.Open, cancellationToken),
            await WatchBook.OpenAsync(store, cancellationToken));
    }

    /// <summary>The arms of each source as they were last asked.</summary>
    public async Task<IReadOnlyList<RunArm>> LastArmsAsync(CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var last = await store.RunArms.GroupBy(arm => arm.Source).Select(group => new { Source = group.Key, RunId = group.Max(arm => arm.RunId) }).ToListAsync(cancellationToken);
        var arms = new List<RunArm>();
        foreach (var source in last)
        {
            arms.AddRange(await store.RunArms.AsNoTracking().Where(arm => arm.Source == source.Source && arm.RunId == source.RunId).ToListAsync(cancellationToken));
        }

        return arms;
    }
}

/// <param name="Quarantined">Open entries.</param>
/// <param name="Watch">Records of included studies that are lost now, the oldest first.</param>
public sealed record StatusReport(IReadOnlyList<RunStatus> Runs, IReadOnlyDictionary<string, DateOnly> Watermarks, HeldCounts Held, int Quarantined, IReadOnlyList<WatchedLoss> Watch);

/// <param name="EndedAt">Absent while it runs, and when the process died in it.</param>
public sealed record RunStatus(long Run, DateOnly Night, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, IReadOnlyList<SourceNight> Sources);

/// <summary>Records held, those that their source deleted left out.</summary>
public sealed record HeldCounts(int Publications, int Trials);
