using CarTIngest.Host.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>
/// Forgets what no promise needs: the texts of messages that were sent or withdrawn long ago (the row stays: to whom, of what, when, how it ended; what waits for a person keeps its text), alarms that ended long ago, and a set-up code
/// once there are accounts. Raw bytes, records, runs, verdicts and decisions are never forgotten.
/// </summary>
public sealed class Pruning(StoreFactory stores, TimeProvider clock)
{
    /// <summary>A year, and a month to look back at it.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    public async Task<Pruned> RunAsync(CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var before = clock.GetUtcNow() - Kept;
        var bodies = await store.Outbox.Where(message => message.EndedAt < before && (message.State == OutboxState.Sent || message.State == OutboxState.Withdrawn) && message.Text != "")
            .ExecuteUpdateAsync(set => set.SetProperty(message => message.Text, "").SetProperty(message => message.Html, (string?)null), cancellationToken);
        var alarms = await store.Alarms.Where(alarm => alarm.Until < before).ExecuteDeleteAsync(cancellationToken);
        var codes = await store.Accounts.AnyAsync(cancellationToken) ? await store.SetupCodes.ExecuteDeleteAsync(cancellationToken) : 0;
        return new Pruned(bodies, alarms, codes);
    }
}

/// <param name="Bodies">Messages whose text was forgotten.</param>
public sealed record Pruned(int Bodies, int Alarms, int Codes);
