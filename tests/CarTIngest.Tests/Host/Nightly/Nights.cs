using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Reporting;
using CarTIngest.Simulation;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Tests.Host.Nightly;

/// <summary>Nights over a real store and scripted sources, one day after the other.</summary>
internal sealed class Nights : IDisposable
{
    private readonly TestStore store = new();
    private readonly StoreFactory stores;
    private readonly NightlyRun run;

    public Nights(params ScriptedSource[] sources)
        : this(sources, null)
    {
    }

    /// <param name="more">What the store's openings have in addition.</param>
    public Nights(ScriptedSource[] sources, Action<DbContextOptionsBuilder>? more)
    {
        stores = new StoreFactory(store.Options, more);
        Sources = sources.Length > 0 ? sources : [new ScriptedSource("pubmed")];
        var clock = TimeProvider.System;
        var options = new NightlyOptions { SecondLookAfterSeconds = 0 };
        Ledger = new NightLedger(Stores, clock);
        run = InventedNight.Of(Sources, Stores, new Leases(Stores, clock, TestStore.Holder("test")), Included, options, clock);
    }

    /// <summary>Records of included studies.</summary>
    public HashSet<CarTIngest.Records.RecordId> Included { get; } = [];

    public IReadOnlyList<ScriptedSource> Sources { get; }

    public ScriptedSource Source => Sources[0];

    public StoreFactory Stores => stores;

    public NightLedger Ledger { get; }

    /// <summary>The date that the next night bears.</summary>
    public DateOnly Tonight { get; set; } = new(2026, 3, 1);

    /// <summary>The date of the night that ran last.</summary>
    public DateOnly Last => Tonight.AddDays(-1);

    public async Task<NightReport> NextAsync(string? dataVersion = null)
    {
        await Stores.MigrateAsync(CancellationToken.None);
        foreach (var source in Sources)
        {
            source.DataVersion = dataVersion ?? $"data of {Tonight:yyyy-MM-dd}";
        }

        var report = await run.RunAsync(new NightRequest(Tonight), CancellationToken.None);
        Tonight = Tonight.AddDays(1);
        return report;
    }

    public async Task<SourceNight> SumsAsync(string? dataVersion = null) => (await NextAsync(dataVersion)).Sources[0];

    public async Task<DateOnly?> WatermarkAsync(string source = "pubmed") => (await Ledger.WatermarkAsync(source, CancellationToken.None))?.Night;

    public Task<IntegrityReport> VerifyAsync() => new Integrity(Stores).VerifyAsync(CancellationToken.None);

    public void Dispose() => store.Dispose();
}
