using System.Text.Json;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Reporting;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>The ledger: every run has its sources and they have their run, their arms and the names that their sums tell; each watermark is the last complete night.</summary>
internal sealed class IntegrityOfNights(StoreContext store, List<string> faults)
{
    public async Task CheckAsync(IReadOnlyDictionary<string, IntegrityMark> held, CancellationToken cancellationToken)
    {
        var runs = await store.Runs.AsNoTracking().ToDictionaryAsync(run => run.Id, cancellationToken);
        var rows = await store.RunSources.AsNoTracking().OrderBy(row => row.RunId).ThenBy(row => row.Source).ToListAsync(cancellationToken);
        var arms = (await store.RunArms.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(arm => (arm.RunId, arm.Source));
        var named = (await store.RunNamed.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(name => (name.RunId, name.Source));
        var told = new Dictionary<(long, string), SourceNight>();
        foreach (var row in rows)
        {
            var sums = new IntegrityOfSums(row, faults).Check([.. arms[(row.RunId, row.Source)]], [.. named[(row.RunId, row.Source)]], held);
            if (sums is not null)
            {
                told[(row.RunId, row.Source)] = sums;
            }
        }

        var closed = rows.Select(row => (row.RunId, row.Source)).ToHashSet();
        var strays = arms.Select(group => group.Key).Concat(named.Select(group => group.Key)).Distinct().Where(key => !closed.Contains(key));
        faults.AddRange(strays.Select(stray => $"Run {stray.RunId}, {stray.Source}: there are arms or names of a source that the run does not have."));
        await RunsExistAsync(runs.Keys, rows, cancellationToken);
        foreach (var run in runs.Values.OrderBy(run => run.Id))
        {
            CheckRun(run, told);
        }

        await WatermarksAsync(runs, rows, cancellationToken);
    }

    /// <summary>Whatever names a run names one that is there.</summary>
    private async Task RunsExistAsync(IEnumerable<long> runs, List<RunSource> rows, CancellationToken cancellationToken)
    {
        var naming = rows.Select(row => row.RunId).ToHashSet();
        naming.UnionWith(await store.Answers.Select(answer => answer.RunId).Distinct().ToListAsync(cancellationToken));
        naming.UnionWith(await store.Revisions.Where(revision => revision.RunId != null).Select(revision => revision.RunId!.Value).Distinct().ToListAsync(cancellationToken));
        naming.UnionWith(await store.Changes.Where(change => change.RunId != null).Select(change => change.RunId!.Value).Distinct().ToListAsync(cancellationToken));
        naming.UnionWith(await store.Quarantine.Where(entry => entry.RunId != null).Select(entry => entry.RunId!.Value).Distinct().ToListAsync(cancellationToken));
        naming.UnionWith(await store.Matches.Select(match => match.RunId).Distinct().ToListAsync(cancellationToken));
        naming.UnionWith(await store.Losses.Select(lost => lost.RunId).Distinct().ToListAsync(cancellationToken));
        naming.UnionWith(await store.Matches.Where(match => match.UntilRunId != null).Select(match => match.UntilRunId!.Value).Distinct().ToListAsync(cancellationToken));
        naming.UnionWith(await store.Losses.Where(lost => lost.UntilRunId != null).Select(lost => lost.UntilRunId!.Value).Distinct().ToListAsync(cancellationToken));
        naming.UnionWith(await store.Strategies.Select(used => used.RunId).Distinct().ToListAsync(cancellationToken));
        naming.UnionWith(await store.Rulebooks.Select(used => used.RunId).Distinct().ToListAsync(cancellationToken));
        naming.UnionWith(await store.Judgements.Select(judged => judged.RunId).Distinct().ToListAsync(cancellationToken));
        naming.UnionWith(await store.Members.Select(member => member.RunId).Distinct().ToListAsync(cancellationToken));
        naming.UnionWith(await store.Members.Where(member => member.UntilRunId != null).Select(member => member.UntilRunId!.Value).Distinct().ToListAsync(cancellationToken));
        naming.UnionWith(await store.Queue.Where(queued => queued.RunId != null).Select(queued => queued.RunId!.Value).Distinct().ToListAsync(cancellationToken));
        naming.UnionWith(await store.Tasks.Where(asked => asked.RunId != null).Select(asked => asked.RunId!.Value).Distinct().ToListAsync(cancellationToken));
        faults.AddRange(naming.Except(runs).Order().Select(run => $"Run {run} is named and is not in the ledger."));
    }

    /// <summary>An ended run's report and its sources' sums were written from the same; an unended run has no report.</summary>
    private void CheckRun(Run run, Dictionary<(long, string), SourceNight> told)
    {
        if (run.EndedAt is null)
        {
            return;
        }

        if (ReportOf(run) is not { } report)
        {
            faults.Add($"Run {run.Id} ended and its report cannot be read.");
            return;
        }

        var own = told.Where(pair => pair.Key.Item1 == run.Id).ToDictionary(pair => pair.Key.Item2, pair => NightReportJson.Write(pair.Value), StringComparer.Ordinal);
        foreach (var (source, sums) in report)
        {
            if (!own.Remove(source, out var kept) || kept != NightReportJson.Write(sums))
            {
                faults.Add($"Run {run.Id}, {source}: the report of the run says otherwise.");
            }
        }

        faults.AddRange(own.Keys.Select(source => $"Run {run.Id}, {source}: the report of the run does not tell of it."));
        // A run that was cut before it asked anything, or asked nobody, has no source to tell of.
        if (run.Complete != (report.Count > 0 && report.Values.All(sums => sums.Complete)))
        {
            faults.Add($"Run {run.Id} is called {(run.Complete ? "complete" : "not complete")}, and its sources say otherwise.");
        }
    }

    private static Dictionary<string, SourceNight>? ReportOf(Run run)
    {
        try
        {
            using var report = JsonDocument.Parse(run.Report ?? "");
            return report.RootElement.GetProperty("run").GetInt64() != run.Id || report.RootElement.GetProperty("night").GetString() != run.Night.ToString("O", null) ? null
                : report.RootElement.GetProperty("sources").EnumerateArray().Select(source => NightReportJson.ReadSource(source.GetRawText())).ToDictionary(sums => sums.Source, StringComparer.Ordinal);
        }
        catch (Exception damage) when (damage is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private async Task WatermarksAsync(Dictionary<long, Run> runs, List<RunSource> rows, CancellationToken cancellationToken)
    {
        var last = rows.Where(row => row.Complete && runs.ContainsKey(row.RunId)).GroupBy(row => row.Source, StringComparer.Ordinal)
            .ToDictionary(source => source.Key, source => source.Max(row => runs[row.RunId].Night), StringComparer.Ordinal);
        foreach (var mark in await store.Watermarks.AsNoTracking().ToListAsync(cancellationToken))
        {
            last.Remove(mark.Source, out var night);
            if (night != mark.Night)
            {
                faults.Add($"The watermark of {mark.Source} is {mark.Night:yyyy-MM-dd}, and the last complete night is {night:yyyy-MM-dd}.");
            }
        }

        faults.AddRange(last.Select(source => $"{source.Key} has no watermark, and its last complete night is {source.Value:yyyy-MM-dd}."));
    }
}
