using CarTIngest.Host.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>
/// Gives the right to write records to one process at a time, nights and imports alike. A holder that sleeps past its term may lose it to another, and then writes nothing more:
/// every write shows its token (<see cref="HeldLease.GuardAsync"/>) within its own transaction.
/// </summary>
public sealed class Leases(StoreFactory stores, TimeProvider clock, LeaseHolder holder)
{
    /// <summary>The one name there is: who writes records.</summary>
    public const string Night = "night";

    /// <summary>Longer than one request to a source may take with all its tries, for every write renews the term.</summary>
    public static readonly TimeSpan Term = TimeSpan.FromMinutes(20);

    /// <exception cref="LeaseHeldException">Another holder has it.</exception>
    public async Task<HeldLease> TakeAsync(string name, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var now = clock.GetUtcNow();
        var lease = await store.Leases.AsNoTracking().SingleOrDefaultAsync(row => row.Name == name, cancellationToken);
        if (lease is not null && InForce(lease, now) && !holder.IsDead(lease.Holder))
        {
            throw new LeaseHeldException(name, lease.Holder, lease.Until);
        }

        var token = (lease?.Token ?? 0) + 1;
        if (lease is null ? await InsertedAsync(store, name, now, cancellationToken) : await TakenAsync(store, lease, token, now, cancellationToken))
        {
            return new HeldLease(stores, clock, name, token);
        }

        throw new LeaseHeldException(name, "another process, which took it this moment", now + Term);
    }

    /// <summary>A term that ends further off than any that is given now was written by a clock that ran ahead; it must not hold the store until that day comes.</summary>
    private static bool InForce(Lease lease, DateTimeOffset now) => lease.Until > now && lease.Until <= now + (2 * Term);

    private async Task<bool> InsertedAsync(StoreContext store, string name, DateTimeOffset now, CancellationToken cancellationToken)
    {
        store.Leases.Add(new Lease { Name = name, Holder = holder.Name, Token = 1, Until = now + Term });
        try
        {
            await store.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException)
        {
            // Two first takers: the key lets one in. Any other failure is what it is.
            if (await store.Leases.AsNoTracking().AnyAsync(row => row.Name == name, cancellationToken))
            {
                return false;
            }

            throw;
        }
    }

    private async Task<bool> TakenAsync(StoreContext store, Lease seen, long token, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var until = now + Term;
        return await store.Leases.Where(row => row.Name == seen.Name && row.Token == seen.Token)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Token, token).SetProperty(row => row.Holder, holder.Name).SetProperty(row => row.Until, until), cancellationToken) == 1;
    }
}

/// <summary>The right to write, until it is disposed or lost.</summary>
public sealed class HeldLease(StoreFactory stores, TimeProvider clock, string name, long token) : IAsyncDisposable
{
    /// <summary>Renews the term and proves that nobody took the lease meanwhile. Called within the transaction that it guards.</summary>
    /// <exception cref="LeaseLostException">Another holder took it: this transaction must not be committed.</exception>
    public async Task GuardAsync(StoreContext store, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + Leases.Term;
        if (await store.Leases.Where(row => row.Name == name && row.Token == token).ExecuteUpdateAsync(set => set.SetProperty(row => row.Until, until), cancellationToken) != 1)
        {
            throw new LeaseLostException(name);
        }
    }

    /// <summary>Gives it back, for any clock, one that was set back meanwhile included; one that was lost stays with whoever took it.</summary>
    public async ValueTask DisposeAsync()
    {
        await using var store = stores.Open();
        await store.Leases.Where(row => row.Name == name && row.Token == token).ExecuteUpdateAsync(set => set.SetProperty(row => row.Until, DateTimeOffset.UnixEpoch), CancellationToken.None);
    }
}

/// <param name="Name">Names this process, so that another on the same machine can tell whether it still lives.</param>
/// <param name="IsDead">Whether a named holder is known to be dead; false when it cannot be told.</param>
public sealed record LeaseHolder(string Name, Func<string, bool> IsDead);

/// <summary>Another process is at work.</summary>
public sealed class LeaseHeldException(string name, string holder, DateTimeOffset until)
    : Exception($"Another cartingest is at work on this store ({name} lease, {holder}). Wait for it to end, or stop it; nothing was changed. If its machine is dead, the store is free at {until:HH:mm} UTC.");

/// <summary>This process slept past its term and another went on in its place.</summary>
public sealed class LeaseLostException(string name) : Exception($"{name} was taken by another process while this one stood still (did the machine sleep?). What it had stored stays; it writes nothing more.");
