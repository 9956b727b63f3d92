using CarTIngest.Host.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>What a person wants of one message that the service could not end by itself.</summary>
public sealed class OutboxWishes(StoreFactory stores, TimeProvider clock)
{
    /// <summary>Once more, by the same name: what is ambiguous, refused, or waits for a later time.</summary>
    /// <returns>False when there is no such message, or it was sent, withdrawn, or is being handed over.</returns>
    public async Task<bool> ResendAsync(long id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var store = stores.Open();
        return await Waiting(store, id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, OutboxState.Pending).SetProperty(row => row.NextAttemptAt, now).SetProperty(row => row.EndedAt, (DateTimeOffset?)null), cancellationToken) == 1;
    }

    /// <summary>Not any more.</summary>
    /// <returns>False as with <see cref="ResendAsync"/>.</returns>
    public async Task<bool> WithdrawAsync(long id, string because, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        return await WithdrawAsync(Waiting(store, id), because, clock.GetUtcNow(), cancellationToken) == 1;
    }

    /// <returns>How many there were.</returns>
    internal static Task<int> WithdrawAsync(IQueryable<OutboxMessage> messages, string because, DateTimeOffset now, CancellationToken cancellationToken) =>
        messages.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, OutboxState.Withdrawn).SetProperty(row => row.Said, because).SetProperty(row => row.EndedAt, now), cancellationToken);

    private static IQueryable<OutboxMessage> Waiting(StoreContext store, long id) =>
        store.Outbox.Where(row => row.Id == id && (row.State == OutboxState.Pending || row.State == OutboxState.Ambiguous || row.State == OutboxState.Refused));
}
