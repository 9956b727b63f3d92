using CarTIngest.Host.Storage.Model;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>The chain of decisions holds to its end, and the queue names records that are held.</summary>
internal static class IntegrityOfDecisions
{
    public static async Task CheckAsync(StoreContext store, List<string> faults, CancellationToken cancellationToken)
    {
        if (await FaultAsync(store, await DecisionBook.ChainAsync(store, cancellationToken), cancellationToken) is { } fault)
        {
            faults.Add(fault);
        }

        var strays = await store.Queue.Where(queued => !store.Records.Any(record => record.Id == queued.By)).Select(queued => queued.By)
            .Concat(store.Tasks.Where(task => !store.Records.Any(record => record.Id == task.By)).Select(task => task.By)).Distinct().ToListAsync(cancellationToken);
        faults.AddRange(strays.Order(StringComparer.Ordinal).Select(id => $"The queue names {id}, which is not held."));
    }

    /// <summary>The first fault of the chain; null when it holds.</summary>
    public static async Task<string?> FaultAsync(StoreContext store, List<Decision> chain, CancellationToken cancellationToken)
    {
        if (DecisionChain.Check(chain) is { } fault)
        {
            return fault.Says;
        }

        var head = await store.ChainHeads.AsNoTracking().SingleOrDefaultAsync(row => row.Name == ChainHead.OfDecisions, cancellationToken);
        var last = chain.LastOrDefault();
        return (head?.Number ?? 0) > (last?.Number ?? 0) ? $"Decision {(last?.Number ?? 0) + 1} is missing: {head!.Number} were written."
            : head?.Number != last?.Number || head?.Hash != last?.Hash ? $"Decision {last!.Number} is not the one that was written last."
            : null;
    }
}
