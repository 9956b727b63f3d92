using System.Text.Json;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Reporting;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>
/// Runs that never ended: their process died or was stopped in them. What their sources had told by then is told as their report, so that every night has
/// one and nothing is told twice or never; a source that was asked and not told of is named as cut short, and what it brought is told by its next night.
/// </summary>
internal sealed class CutRuns(StoreFactory stores, TimeProvider clock)
{
    public const string Why = "The run was cut short: its process died or was stopped in it. What it had stored stays; the next run goes on from there.";

    public async Task CloseAsync(HeldLease lease, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        foreach (var id in await store.Runs.Where(run => run.EndedAt == null).OrderBy(run => run.Id).Select(run => run.Id).ToListAsync(cancellationToken))
        {
            await using var transaction = await store.Database.BeginTransactionAsync(cancellationToken);
            await lease.GuardAsync(store, cancellationToken);
            await CloseAsync(store, await store.Runs.SingleAsync(run => run.Id == id, cancellationToken), cancellationToken);
            await store.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private async Task CloseAsync(StoreContext store, Run run, CancellationToken cancellationToken)
    {
        var told = (await store.RunSources.AsNoTracking().Where(row => row.RunId == run.Id).ToListAsync(cancellationToken)).Select(row => NightReportJson.ReadSource(row.Sums)).ToList();
        var asked = await store.Answers.Where(answer => answer.RunId == run.Id).GroupBy(answer => answer.Source)
            .Select(group => new { Source = group.Key, Requests = group.LongCount(answer => answer.Endpoint != StoredAnswer.Held) }).ToListAsync(cancellationToken);
        var cut = asked.Where(source => told.All(sums => sums.Source != source.Source)).Select(source => SourceNight.Down(source.Source, Why, source.Requests, bytes: 0)).ToList();
        store.RunSources.AddRange(cut.Select(sums => RowOf(run.Id, sums)));
        var changes = new List<FieldChange>();
        foreach (var sums in told.Where(sums => sums.Answered))
        {
            changes.AddRange((await ToldArrivals.SinceLastToldAsync(store, sums.Source, run.Id, cancellationToken)).Changes);
        }

        // In the order of asking: who was told of was asked before who was cut.
        var report = new NightReport(run.Night, run.Id, [.. told, .. cut], Likely: [], Possible: [], Tasks: [], changes, Alerts: 0);
        run.Close(report, clock.GetUtcNow());
    }

    private static RunSource RowOf(long run, SourceNight sums) => new()
    {
        RunId = run,
        Source = sums.Source,
        Complete = false,
        Announced = 0,
        ReaderVersion = RunSource.NoReader,
        ReadWhole = false,
        Sums = NightReportJson.Write(sums),
        Drift = JsonSerializer.Serialize(new Dictionary<string, int>()),
    };
}
