using CarTIngest.Host.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>Which nights were made, as the ledger tells it: so that a scheduled one is made once, by whichever worker and after whatever restart.</summary>
public sealed class MadeNights(StoreFactory stores)
{
    /// <summary>Whether a run that began in the span came to its end (judged, matched, queued, told) for this source. One that was cut short did not, whoever closed its book.</summary>
    public async Task<bool> IsMadeAsync(string source, NightSpan span, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        return await BegunIn(store, span).AnyAsync(
            run => run.WeighedChange != null && store.RunSources.Any(row => row.RunId == run.Id && row.Source == source && row.ReaderVersion != RunSource.NoReader), cancellationToken);
    }

    /// <summary>When runs began in the span that asked a source and never came to their end.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> TriedAsync(NightSpan span, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        return await BegunIn(store, span).Where(run => run.WeighedChange == null && (store.RunSources.Any(row => row.RunId == run.Id) || store.Answers.Any(answer => answer.RunId == run.Id))).Select(run => run.StartedAt).ToListAsync(cancellationToken);
    }

    /// <summary>The latest date that a run bears; null before the first.</summary>
    public async Task<DateOnly?> LastBegunAsync(CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        return await store.Runs.MaxAsync(run => (DateOnly?)run.Night, cancellationToken);
    }

    private static IQueryable<Run> BegunIn(StoreContext store, NightSpan span) =>
        store.Runs.AsNoTracking().Where(run => run.StartedAt >= span.From && run.StartedAt < span.Before);
}

/// <summary>The time of a night: from its hour on, and before the next one's.</summary>
public sealed record NightSpan(DateTimeOffset From, DateTimeOffset Before);
