using System.Text.Json;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Screening;
using CarTIngest.Sources;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>
/// Which strategy a source is asked by. As with the rulebook the first that ever was asked was nobody's change; any later one waits until two people have adopted it, and till then
/// the one before goes on, from the arms that were kept of it.
/// </summary>
public static class StrategyShelf
{
    /// <param name="offered">That of the review folder.</param>
    public static async Task<StrategyInForce> InForceAsync(StoreContext store, Strategy offered, ScreeningState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(offered);
        ArgumentNullException.ThrowIfNull(state);
        return await LastAsync(store, offered.Source, cancellationToken) is not { } used ? new StrategyInForce(offered, Offered: null, IsNew: true)
            : used.Hash == offered.Hash ? new StrategyInForce(offered, Offered: null, IsNew: false)
            : state.HasAdopted(used.Hash, offered.Hash) ? new StrategyInForce(offered, Offered: null, IsNew: true)
            : new StrategyInForce(used, offered, IsNew: false);
    }

    /// <summary>The strategy that the source was asked by last; null before the first census.</summary>
    /// <exception cref="StoreDamagedException">Its arms cannot be read.</exception>
    public static async Task<Strategy?> LastAsync(StoreContext store, string source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var used = await store.Strategies.AsNoTracking().Where(row => row.Source == source).OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        return used is null ? null : Kept(used);
    }

    /// <summary>Notes that the source is asked by it from now on. Part of the caller's transaction; the caller saves.</summary>
    public static void Use(StoreContext store, Strategy strategy, long run)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(strategy);
        store.Strategies.Add(new UsedStrategy { Source = strategy.Source, Hash = strategy.Hash, Arms = strategy.Write(), RunId = run });
    }

    private static Strategy Kept(UsedStrategy used)
    {
        try
        {
            return Strategy.Read(used.Source, used.Arms) is var strategy && strategy.Hash == used.Hash ? strategy : throw new JsonException("Its hash is another.");
        }
        catch (JsonException broken)
        {
            throw new StoreDamagedException($"The arms kept of strategy {used.Hash} cannot be read: {broken.Message}", broken);
        }
    }
}

/// <param name="Strategy">The one that is asked.</param>
/// <param name="Offered">The review folder's, where it is another and nobody adopted it.</param>
/// <param name="IsNew">Whether the source was never asked by it, or by another last.</param>
public sealed record StrategyInForce(Strategy Strategy, Strategy? Offered, bool IsNew);
