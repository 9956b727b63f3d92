using CarTIngest.Host.Storage;
using CarTIngest.Reporting;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Replay;

/// <summary>Two ends of one night side by side: sums and names, arms, revisions, changes. Clock times, requests and bytes are no part of an end.</summary>
public static class ReplayDifferences
{
    /// <param name="run">The night's number where it was kept.</param>
    /// <param name="again">Its number where it was played again.</param>
    /// <returns>One sentence each; empty when the ends are the same.</returns>
    public static async Task<IReadOnlyList<string>> BetweenAsync(StoreFactory kept, long run, StoreFactory replayed, long again, string source, CancellationToken cancellationToken)
    {
        var then = await EndOfAsync(kept, run, source, cancellationToken);
        var now = await EndOfAsync(replayed, again, source, cancellationToken);
        return
        [
            .. then.Except(now).Select(line => (line.Weight, Text: $"only then: {line.Text}"))
                .Concat(now.Except(then).Select(line => (line.Weight, Text: $"only now: {line.Text}")))
                .OrderBy(line => line.Weight).ThenBy(line => line.Text, StringComparer.Ordinal).Select(line => line.Text),
        ];
    }

    private static async Task<HashSet<(Weight Weight, string Text)>> EndOfAsync(StoreFactory stores, long run, string source, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var end = new HashSet<(Weight, string)>();
        foreach (var sums in await store.RunSources.Where(row => row.RunId == run && row.Source == source).Select(row => row.Sums).ToListAsync(cancellationToken))
        {
            end.Add((Weight.Sums, $"sums {NightReportJson.Write(NightReportJson.ReadSource(sums) with { Requests = 0, Bytes = 0 })}"));
        }

        foreach (var arm in await store.RunArms.AsNoTracking().Where(row => row.RunId == run && row.Source == source).ToListAsync(cancellationToken))
        {
            end.Add((Weight.Arm, $"arm {arm.Arm}: {arm.Count} counted, {arm.Listed} listed; sent {arm.Sent}; understood {arm.Translation}; warnings {arm.Warnings}; not proven {arm.WhyNotProven}"));
        }

        foreach (var named in await store.RunNamed.AsNoTracking().Where(row => row.RunId == run && row.Source == source).ToListAsync(cancellationToken))
        {
            end.Add((Weight.Named, $"{named.Kind} {named.RecordId}: {named.Why}"));
        }

        var revisions = from revision in store.Revisions
                        join record in store.Records on revision.RecordId equals record.Id
                        where revision.RunId == run && record.Source == source
                        select new { revision.RecordId, revision.Number, revision.ContentHash, revision.PayloadHash, revision.Offset, revision.Length, revision.ReaderVersion };
        foreach (var revision in await revisions.ToListAsync(cancellationToken))
        {
            end.Add((Weight.Revision, $"revision {revision.Number} of {revision.RecordId}: content {revision.ContentHash}, {revision.Length} bytes at {revision.Offset} of {revision.PayloadHash}, read by {revision.ReaderVersion}"));
        }

        var changes = from change in store.Changes
                      join record in store.Records on change.RecordId equals record.Id
                      where change.RunId == run && record.Source == source
                      select change;
        foreach (var change in await changes.AsNoTracking().ToListAsync(cancellationToken))
        {
            end.Add((Weight.Change, $"change {change.Revision} of {change.RecordId}: {change.Field} from {change.From} to {change.To}"));
        }

        return end;
    }

    /// <summary>What a reader wants to see first.</summary>
    private enum Weight
    {
        Sums,
        Arm,
        Named,
        Revision,
        Change,
    }
}
