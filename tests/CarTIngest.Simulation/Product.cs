using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Records;
using CarTIngest.Reporting;
using CarTIngest.Sources;

namespace CarTIngest.Simulation;

/// <summary>The product's own parts, put together for one actor as the composition does; only the sources, the clock and the disk are simulated.</summary>
internal sealed class Product(SimulatedDisk disk, IReadOnlySet<RecordId> included, Func<string, bool> isDead)
{
    public const int Plenty = 3;
    public const int ToleratedShrinkPercent = 20;

    private static readonly ScheduleOptions Schedule = new();
    public async Task<NightReport?> NightAsync(Actor actor, IReadOnlyList<ISource> sources, string? only, CancellationToken cancellationToken)
    {
        var stores = disk.StoresOf(actor);
        var options = new NightlyOptions { Plenty = Plenty, ToleratedShrinkPercent = actor.ToleratedShrinkPercent, SecondLookAfterSeconds = 0 };
        var night = InventedNight.Of(sources, stores, LeasesOf(actor, stores), included, options, actor.Clock);
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
}
