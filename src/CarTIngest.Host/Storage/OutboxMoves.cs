using CarTIngest.Host.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>
/// How a message goes from state to state while it is handed over. Each claim is an attempt with a number and a holder, and only who holds that attempt may say how it ended: two who deliver
/// at once never hand over the same message, and one who slept past his term says nothing more.
/// </summary>
public sealed class OutboxMoves(StoreFactory stores, TimeProvider clock, LeaseHolder holder)
{
    /// <summary>Longer than one hand-over may take with all its waits.</summary>
    public static readonly TimeSpan Term = TimeSpan.FromMinutes(10);

    /// <summary>Said of a message whose hand-over broke off after it was given; <see cref="OutboxMessage.WasUnanswered"/> is what counts.</summary>
    public const string Unanswered = "The hand-over broke off after the message was given and before it was answered; it may have been received.";

    /// <summary>Said of a message that its recipient no longer takes.</summary>
    public const string Unwanted = "Its recipient ended this mail, or was locked.";

    /// <summary>Said of a row that waited when a backup was taken.</summary>
    public const string Restored = "Restored from a backup; it may have gone out since that was taken.";

    /// <summary>What waited when a backup was taken has gone out since, in all likelihood: it waits for a person, by whichever policy.</summary>
    internal static Task<int> HoldRestoredAsync(StoreContext store, CancellationToken cancellationToken) =>
        store.Outbox.Where(row => row.State == OutboxState.Pending || row.State == OutboxState.Sending).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, OutboxState.Ambiguous).SetProperty(row => row.Said, Restored)
                .SetProperty(row => row.Holder, (string?)null).SetProperty(row => row.HeldUntil, (DateTimeOffset?)null),
            cancellationToken);

    /// <summary>Takes the oldest message that is due. Where an earlier attempt gave it is forgotten: of this one nothing has left.</summary>
    /// <param name="channels">Those that can hand over now.</param>
    /// <returns>As it is now held, with the attempt's number; null when none is due.</returns>
    public async Task<OutboxMessage?> ClaimAsync(IReadOnlyList<string> channels, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        while (true)
        {
            var now = clock.GetUtcNow();
            var due = await store.Outbox.AsNoTracking().Where(row => row.State == OutboxState.Pending && row.NextAttemptAt <= now && channels.Contains(row.Channel)).OrderBy(row => row.Id).FirstOrDefaultAsync(cancellationToken);
            if (due is null)
            {
                return null;
            }

            if (due.AccountId is { } recipient && await store.Accounts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == recipient, cancellationToken) is { } account && !account.Takes(due.Kind))
            {
                await OutboxWishes.WithdrawAsync(store.Outbox.Where(row => row.Id == due.Id && row.State == OutboxState.Pending), Unwanted, now, cancellationToken);
                continue;
            }

            var until = now + Term;
            if (await store.Outbox.Where(row => row.Id == due.Id && row.State == OutboxState.Pending && row.Attempts == due.Attempts)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.State, OutboxState.Sending).SetProperty(row => row.Attempts, due.Attempts + 1)
                        .SetProperty(row => row.Holder, holder.Name).SetProperty(row => row.HeldUntil, until).SetProperty(row => row.GivenTo, (string?)null),
                    cancellationToken) == 1)
            {
                (due.State, due.Attempts, due.Holder, due.HeldUntil, due.GivenTo) = (OutboxState.Sending, due.Attempts + 1, holder.Name, until, null);
                return due;
            }
        }
    }

    /// <summary>Notes that the message's bytes are about to be given, and where: if who does it dies now, it may have been received.</summary>
    /// <returns>False when the attempt is not this holder's any more: nothing may be given then.</returns>
    public async Task<bool> GiveAsync(OutboxMessage message, string target, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + Term;
        await using var store = stores.Open();
        if (await Held(store, message).ExecuteUpdateAsync(set => set.SetProperty(row => row.GivenTo, target).SetProperty(row => row.HeldUntil, until), cancellationToken) != 1)
        {
            return false;
        }

        message.GivenTo = target;
        return true;
    }

    public Task<bool> SentAsync(OutboxMessage message, string? said, CancellationToken cancellationToken) => EndAsync(message, OutboxState.Sent, said, cancellationToken);

    /// <summary>It was given and not answered, and waits for a person.</summary>
    public Task<bool> AmbiguousAsync(OutboxMessage message, string said, CancellationToken cancellationToken) => EndAsync(Unclear(message), OutboxState.Ambiguous, said, cancellationToken);

    /// <summary>It was given and not answered, and is sent once more at a time.</summary>
    public Task<bool> OnceMoreAsync(OutboxMessage message, DateTimeOffset at, string said, CancellationToken cancellationToken) => AgainAsync(Unclear(message), at, said, cancellationToken);

    public Task<bool> RefusedAsync(OutboxMessage message, string said, CancellationToken cancellationToken) => EndAsync(message, OutboxState.Refused, said, cancellationToken);

    /// <summary>It waits again, until a time.</summary>
    public async Task<bool> AgainAsync(OutboxMessage message, DateTimeOffset at, string? said, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        return await Held(store, message).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, OutboxState.Pending).SetProperty(row => row.NextAttemptAt, at).SetProperty(row => row.Said, said)
                .SetProperty(row => row.WasUnanswered, message.WasUnanswered).SetProperty(row => row.Holder, (string?)null).SetProperty(row => row.HeldUntil, (DateTimeOffset?)null),
            cancellationToken) == 1;
    }

    /// <summary>All that is due on a channel waits, for the channel itself fails: a wrong password is not tried once a message.</summary>
    public async Task<int> PostponeAsync(string channel, DateTimeOffset until, string said, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        return await store.Outbox.Where(row => row.Channel == channel && row.State == OutboxState.Pending && row.NextAttemptAt < until)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAttemptAt, until).SetProperty(row => row.Said, row => row.Said ?? said), cancellationToken);
    }

    /// <summary>Hand-overs that were begun by who is dead, or past its term. What was not given yet waits again; of the rest nobody can tell.</summary>
    /// <returns>Those of which nobody can tell, as this holder's to end.</returns>
    public async Task<IReadOnlyList<OutboxMessage>> BrokenOffAsync(CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var now = clock.GetUtcNow();
        var unclear = new List<OutboxMessage>();
        foreach (var row in await store.Outbox.AsNoTracking().Where(row => row.State == OutboxState.Sending).OrderBy(row => row.Id).ToListAsync(cancellationToken))
        {
            if (row.HeldUntil > now && !(row.Holder is { } other && holder.IsDead(other)))
            {
                continue;
            }

            if (row.GivenTo is null)
            {
                await AgainAsync(row, now, row.Said, cancellationToken);
            }
            else if (await Held(store, row).ExecuteUpdateAsync(set => set.SetProperty(held => held.Holder, holder.Name).SetProperty(held => held.HeldUntil, now + Term), cancellationToken) == 1)
            {
                row.Holder = holder.Name;
                unclear.Add(row);
            }
        }

        return unclear;
    }

    private static OutboxMessage Unclear(OutboxMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        message.WasUnanswered = true;
        return message;
    }

    private async Task<bool> EndAsync(OutboxMessage message, OutboxState state, string? said, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        await using var store = stores.Open();
        return await Held(store, message).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, state).SetProperty(row => row.Said, said).SetProperty(row => row.EndedAt, now)
                .SetProperty(row => row.WasUnanswered, message.WasUnanswered).SetProperty(row => row.Holder, (string?)null).SetProperty(row => row.HeldUntil, (DateTimeOffset?)null),
            cancellationToken) == 1;
    }

    private static IQueryable<OutboxMessage> Held(StoreContext store, OutboxMessage message) =>
        store.Outbox.Where(row => row.Id == message.Id && row.State == OutboxState.Sending && row.Attempts == message.Attempts && row.Holder == message.Holder);
}
