using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Records;
using CarTIngest.Reporting;
using CarTIngest.Screening;
using CarTIngest.Simulation;
using CarTIngest.Tests.Screening;
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
    public HashSet<RecordId> Included { get; } = [];

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

    /// <summary>Brings in a review as published, of one study for each of the lists of records.</summary>
    public async Task PublishAsync(params string[][] studies)
    {
        await Stores.MigrateAsync(CancellationToken.None);
        var rows = studies.Select((records, index) => new IncludedRow(index + 2, $"Study {index + 1}", [.. records.Select(Judged.Id)], null, ""));
        var review = new BaseReview("1.0", "10.9999/invented", Judged.Date("2025-01")!.Value, studies.Length, null, [.. rows]);
        await using var lease = await new Leases(Stores, TimeProvider.System, TestStore.Holder("people")).TakeAsync(Leases.Night, CancellationToken.None);
        await new BaseShelf(Stores, TimeProvider.System).ImportAsync(review, lease, CancellationToken.None);
    }

    /// <summary>What people decide, one after the other.</summary>
    public async Task DecideAsync(params DecisionDraft[] drafts)
    {
        foreach (var draft in drafts)
        {
            await new DecisionBook(Stores, TimeProvider.System).WriteAsync(
                ProtocolFile.Plain, draft, async (opened, state) => (await QueueReading.FindAsync(opened, state, draft.Subject, CancellationToken.None))?.Members, CancellationToken.None);
        }
    }

    /// <summary>Two people adopt what the source's strategy was changed to.</summary>
    public async Task AdoptAsync()
    {
        await using var store = Stores.Open();
        var inForce = (await StrategyShelf.LastAsync(store, Source.Name, CancellationToken.None))!;
        await DecideAsync(new DecisionDraft("Ada", $"strategy:{Source.Name}", new RulesChanged("Ada", "Ben", "a better one", inForce.Hash, new CarTIngest.Sources.Strategy(Source.Name, Source.Arms).Hash, 0, 0)));
    }

    /// <summary>Two people vote a queued study through both stages, and it is included.</summary>
    public Task IncludeAsync(string study) => DecideAsync(
    [
        .. new[] { Stage.Title, Stage.Full }.SelectMany(stage => new[] { "Ada", "Ben" }.Select(name => Votes.Vote(name, Choice.Include, stage: stage, subject: study))),
        new("Ada", study, new Classed(StudyClass.Included)),
    ]);

    public Task<IntegrityReport> VerifyAsync() => new Integrity(Stores).VerifyAsync(CancellationToken.None);

    public void Dispose() => store.Dispose();
}
