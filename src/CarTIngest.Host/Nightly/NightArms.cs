using CarTIngest.Host.Storage;
using CarTIngest.Screening;
using CarTIngest.Sources;

namespace CarTIngest.Host.Nightly;

/// <summary>With which arms a source is asked tonight: those of the strategy in force. Told once, at the night's start; a change takes effect there.</summary>
public sealed partial class NightArms(StoreFactory stores, Protocol protocol, ILogger<NightArms> log)
{
    public async Task<StrategyInForce> OfAsync(ISource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        await using var store = stores.Open();
        var inForce = await StrategyShelf.InForceAsync(store, new Strategy(source.Name, source.Arms), await DecisionBook.StateAsync(store, protocol, cancellationToken), cancellationToken);
        if (inForce.Offered is { } waiting)
        {
            StrategyWaits(source.Name, waiting.Hash, inForce.Strategy.Hash);
        }

        return inForce;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The review folder's strategy for {Source} ({Offered}) is not adopted; {InForce} goes on. See what it would change with `cartingest search --diff in-force FOLDER`, and adopt it there.")]
    private partial void StrategyWaits(string source, string offered, string inForce);
}
