using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Records;
using CarTIngest.Reporting;
using CarTIngest.Sources;
using CarTIngest.Sources.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace CarTIngest.Simulation;

/// <summary>The product's own parts, put together for one actor as the composition does; only the sources, the clock and the disk are simulated.</summary>
internal sealed class Product(SimulatedDisk disk, IReadOnlySet<RecordId> included, Func<string, bool> isDead)
{
    public const int Plenty = 3;
    public const int ToleratedShrinkPercent = 20;

    private static readonly ScheduleOptions Schedule = new();
    private static readonly NightlyOptions Nightly = new() { Plenty = Plenty, ToleratedShrinkPercent = ToleratedShrinkPercent, SecondLookAfterSeconds = 0 };

    public async Task<NightReport?> NightAsync(Actor actor, IReadOnlyList<ISource> sources, string? only, CancellationToken cancellationToken)
    {
        var stores = disk.StoresOf(actor);
        var ledger = new NightLedger(stores, actor.Clock);
        var holdings = new Holdings(stores);
        var plans = new PlanStage(new CensusStage(ledger, Nightly, actor.Clock, NullLogger<CensusStage>.Instance), holdings, ledger, new IncludedReports(included), actor.Clock);
        var stage = new SourceStage(plans, new FetchStage(new RecordPlacing(stores, actor.Clock)), holdings, ledger, stores, actor.Clock);
        var night = new NightlyRun([.. sources.Select(source => new AskedSource(source, new NoTraffic()))], stage, ledger, LeasesOf(actor, stores), NullLogger<NightlyRun>.Instance);
        return await night.RunAsync(new NightRequest(Schedule.NightOf(actor.Clock.GetUtcNow()), only), cancellationToken);
    }

    public async Task<NightReport?> ImportAsync(Actor actor, byte[] content, ImportAs kind, CancellationToken cancellationToken)
    {
        var stores = disk.StoresOf(actor);
        var import = new FileImport(RecordLine.Files, new RecordPlacing(stores, actor.Clock), stores, actor.Clock);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, content, cancellationToken);
            await using var lease = await LeasesOf(actor, stores).TakeAsync(Leases.Night, cancellationToken);
            await import.RunAsync(file, import.Today, lease, kind, cancellationToken);
            return null;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private Leases LeasesOf(Actor actor, StoreFactory stores) => new(stores, actor.Clock, new LeaseHolder(actor.Name, isDead));

    /// <summary>A way out that nobody takes.</summary>
    private sealed class NoTraffic : SourceHttp
    {
        public override long Requests => 0;

        public override long BytesReceived => 0;

        public override Task<Answer> SendAsync(SourceRequest request, AnswerClassifier classify, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The simulated sources send nothing.");
    }
}
