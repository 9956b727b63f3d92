using System.Text.Json;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Reporting;
using CarTIngest.Sources;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>The book of nights: what was asked in which words, what came, what was missing, and how far each source is complete.</summary>
public sealed class NightLedger(StoreFactory stores, TimeProvider clock)
{
    public async Task<long> OpenRunAsync(DateOnly night, string productVersion, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var run = new Run { Night = night, StartedAt = clock.GetUtcNow(), ProductVersion = productVersion };
        store.Runs.Add(run);
        await store.SaveChangesAsync(cancellationToken);
        return run.Id;
    }

    /// <summary>The arms of the source's last complete night; empty before the first.</summary>
    public async Task<IReadOnlyList<ArmBefore>> ArmsBeforeAsync(string source, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var last = await store.RunSources.Where(row => row.Source == source && row.Complete).MaxAsync(row => (long?)row.RunId, cancellationToken);
        return last is null ? [] : await store.RunArms.Where(arm => arm.RunId == last && arm.Source == source)
            .Select(arm => new ArmBefore(arm.Arm, arm.Sent, arm.Count)).ToListAsync(cancellationToken);
    }

    public async Task<Watermark?> WatermarkAsync(string source, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        return await store.Watermarks.AsNoTracking().SingleOrDefaultAsync(mark => mark.Source == source, cancellationToken);
    }

    /// <summary>Writes a source's night: where each record stands, the arms, the sums and, last and only if complete, the watermark. One transaction.</summary>
    public async Task CloseSourceAsync(SourceClosing closing, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        await using var transaction = await store.Database.BeginTransactionAsync(cancellationToken);
        await closing.Lease.GuardAsync(store, cancellationToken);
        var sums = closing.Sums;
        if (closing.Census is { } census)
        {
            if (closing.Believed)
            {
                await Holdings.ReconcileAsync(store, sums.Source, closing.Night, census.Announced.Keys.ToHashSet(), closing.Absent, cancellationToken);
            }

            store.RunArms.AddRange(census.Arms.Select(arm => ArmRow(closing.RunId, sums.Source, arm)));
        }

        store.RunNamed.AddRange(closing.Named.Select(named =>
            new RunNamed { RunId = closing.RunId, Source = sums.Source, Kind = named.Kind, RecordId = named.Id.Text, Why = named.Why }));
        var mark = await store.Watermarks.SingleOrDefaultAsync(row => row.Source == sums.Source, cancellationToken);
        var before = mark?.Night;
        if (sums.Complete)
        {
            mark ??= store.Watermarks.Add(new Watermark { Source = sums.Source, Night = closing.Night }).Entity;
            mark.Night = closing.Night > mark.Night ? closing.Night : mark.Night;
            mark.ReadWhole = closing.ReadWhole ? closing.Night : mark.ReadWhole;
        }

        store.RunSources.Add(new RunSource
        {
            RunId = closing.RunId,
            Source = sums.Source,
            Complete = sums.Complete,
            Announced = sums.Announced,
            ReaderVersion = closing.ReaderVersion,
            DataVersionBefore = closing.Census?.DataVersionBefore,
            DataVersionAfter = closing.Census?.DataVersionAfter,
            ReadWhole = closing.ReadWhole,
            WatermarkBefore = before,
            WatermarkAfter = mark?.Night,
            Sums = NightReportJson.Write(sums),
            Drift = JsonSerializer.Serialize(closing.Drift),
        });
        await store.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// What came of a source since its last night that was told: told from what is stored, so that a night that died, or ended without an answer, does not
    /// swallow what it had brought already. A night that is not complete tells as new only what its proven arms announce: the rest of what it brought is still to be told.
    /// </summary>
    public async Task<Arrivals> ArrivedSinceLastToldAsync(string source, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var answered = store.RunSources.Where(row => row.Source == source && row.DataVersionAfter != null);
        var told = await answered.MaxAsync(row => (long?)row.RunId, cancellationToken) ?? 0;
        var complete = await answered.Where(row => row.Complete).MaxAsync(row => (long?)row.RunId, cancellationToken) ?? 0;
        var incomplete = await answered.Where(row => row.RunId > complete).Select(row => row.Sums).ToListAsync(cancellationToken);
        var toldAsNew = incomplete.SelectMany(sums => NightReportJson.ReadSource(sums).Named.New).ToHashSet();
        var revisions = await (from revision in store.Revisions
                               join record in store.Records on revision.RecordId equals record.Id
                               where record.Source == source && revision.RunId > complete
                               select new { revision.RecordId, revision.Number, revision.RunId }).ToListAsync(cancellationToken);
        var added = revisions.Where(revision => revision.Number == 1).Select(revision => Holdings.IdOf(revision.RecordId)).Where(id => !toldAsNew.Contains(id)).ToHashSet();
        var revised = revisions.Where(revision => revision.RunId > told).Select(revision => Holdings.IdOf(revision.RecordId)).Where(id => !added.Contains(id)).ToHashSet();
        var changes = await (from change in store.Changes
                             join record in store.Records on change.RecordId equals record.Id
                             where record.Source == source && change.RunId > told
                             orderby change.Id
                             select change).AsNoTracking().ToListAsync(cancellationToken);
        return new Arrivals(added, revised, [.. changes.Select(change => new FieldChange(Holdings.IdOf(change.RecordId), change.Field, change.From, change.To)).Where(change => revised.Contains(change.Id))]);
    }

    /// <summary>Writes the night's report: from here on what it tells is told. Only its holder may, or it would be told by two.</summary>
    /// <exception cref="LeaseLostException">Another process took over; its night tells what this one brought.</exception>
    public async Task CloseRunAsync(NightReport report, HeldLease lease, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        await using var transaction = await store.Database.BeginTransactionAsync(cancellationToken);
        await lease.GuardAsync(store, cancellationToken);
        var run = await store.Runs.SingleAsync(row => row.Id == report.Run, cancellationToken);
        (run.EndedAt, run.Complete, run.Report) = (clock.GetUtcNow(), report.Complete, NightReportJson.Write(report));
        await store.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static RunArm ArmRow(long runId, string source, ArmCensus arm) => new()
    {
        RunId = runId,
        Source = source,
        Arm = arm.Arm.Name,
        Title = arm.Arm.Title,
        Sent = arm.Sent,
        Count = arm.Count,
        Listed = arm.Ids.Count,
        Translation = arm.Translation,
        Warnings = JsonSerializer.Serialize(arm.Warnings),
        WhyNotProven = arm.WhyNotProven,
    };
}

/// <summary>All that is known when a source's night ends.</summary>
/// <param name="Census">Null when the source did not answer.</param>
/// <param name="Believed">Whether records that no arm announced may be judged by this census: it was proven and no guard refused it.</param>
/// <param name="Named">Records that the night names, of every kind, with the reason.</param>
public sealed record SourceClosing(
    long RunId,
    DateOnly Night,
    HeldLease Lease,
    SourceNight Sums,
    string ReaderVersion,
    SourceCensus? Census,
    bool Believed,
    bool ReadWhole,
    IReadOnlyList<AbsentRecord> Absent,
    IReadOnlyList<NamedRecord> Named,
    IReadOnlyDictionary<string, int> Drift)
{
    /// <summary>The source did not answer: nothing is known of any record.</summary>
    public static SourceClosing Down(long runId, DateOnly night, HeldLease lease, SourceNight sums, string readerVersion) =>
        new(runId, night, lease, sums, readerVersion, null, Believed: false, ReadWhole: false, [], [], new Dictionary<string, int>());
}

/// <param name="Added">Records of which the first reading is among what came.</param>
/// <param name="Revised">Records held before, of which another reading came.</param>
/// <param name="Changes">What those other readings changed, in their order.</param>
public sealed record Arrivals(IReadOnlySet<RecordId> Added, IReadOnlySet<RecordId> Revised, IReadOnlyList<FieldChange> Changes);

/// <param name="Kind">missing, unavailable, quarantined, left or gone.</param>
public sealed record NamedRecord(string Kind, RecordId Id, string Why);
