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
    /// <exception cref="LeaseLostException">Another process took over: it alone opens runs now.</exception>
    public async Task<long> OpenRunAsync(DateOnly night, string productVersion, HeldLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        await using var store = stores.Open();
        await using var transaction = await store.Database.BeginTransactionAsync(cancellationToken);
        await lease.GuardAsync(store, cancellationToken);
        var run = new Run { Night = night, StartedAt = clock.GetUtcNow(), ProductVersion = productVersion };
        store.Runs.Add(run);
        await store.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
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

    /// <summary>The latest night that came to its end: what it brought was judged, matched and queued. A night whose sources closed and that died before that is none.</summary>
    public async Task<DateOnly?> LastJudgedAsync(CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        return await store.Runs.Where(run => run.WeighedChange != null).MaxAsync(run => (DateOnly?)run.Night, cancellationToken);
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
            if (closing.Strategy is { } strategy)
            {
                StrategyShelf.Use(store, strategy, closing.RunId);
            }

            await ArmBook.WriteAsync(store, census, sums.Source, closing.RunId, closing.Night, closing.Believed, cancellationToken);
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

    /// <summary>What a run has to tell of a source: from what is stored, so that a night that died, or ended without an answer, does not swallow what it had brought already.</summary>
    public async Task<Arrivals> ArrivedSinceLastToldAsync(string source, long run, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        return await ToldArrivals.SinceLastToldAsync(store, source, run, cancellationToken);
    }

    /// <summary>Closes the book of every run that was cut short. Only for the holder of the lease, before it opens a run of its own: who else had one open is dead.</summary>
    public Task CloseCutRunsAsync(HeldLease lease, CancellationToken cancellationToken) => new CutRuns(stores, clock).CloseAsync(lease, cancellationToken);

    /// <summary>Writes the night's report. Only its holder may, or two would.</summary>
    /// <exception cref="LeaseLostException">Another process took over, and has closed this run's book.</exception>
    /// <param name="reported">Makes the report within the transaction that writes it.</param>
    public async Task<NightReport> CloseRunAsync(long run, HeldLease lease, Func<StoreContext, Run, Task<NightReport>> reported, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        await lease.RenewAsync(cancellationToken);
        try
        {
            return await CloseAsync(run, lease, reported, cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Whoever took over meanwhile wrote the same rows: then this is what there is to say.
            await lease.RenewAsync(cancellationToken);
            throw;
        }
    }

    private async Task<NightReport> CloseAsync(long run, HeldLease lease, Func<StoreContext, Run, Task<NightReport>> reported, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        await using var transaction = await store.Database.BeginTransactionAsync(cancellationToken);
        var row = await store.Runs.AsNoTracking().SingleAsync(row => row.Id == run, cancellationToken);
        var report = await reported(store, row);
        // So late because it holds the lease's row until the commit, and judging may take long, in which others are to see the lease renewed. Before the run's row, which
        // whoever takes over writes under the lease too: in the other order two would wait for each other.
        await lease.GuardAsync(store, cancellationToken);
        store.Runs.Update(row);
        row.Close(report, clock.GetUtcNow());
        await store.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return report;
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
    /// <summary>By which the source was asked for the first time; null where it was asked by it before.</summary>
    public Strategy? Strategy { get; init; }

    /// <summary>The source did not answer: nothing is known of any record.</summary>
    public static SourceClosing Down(long runId, DateOnly night, HeldLease lease, SourceNight sums, string readerVersion) =>
        new(runId, night, lease, sums, readerVersion, null, Believed: false, ReadWhole: false, [], [], new Dictionary<string, int>());
}

/// <param name="Kind">missing, unavailable, quarantined, left or gone.</param>
public sealed record NamedRecord(string Kind, RecordId Id, string Why);
