using System.Collections.Concurrent;
using CarTIngest.Host.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>
/// Gives the right to write records to one process at a time, nights and imports alike. A holder renews its short term as long as it lives, so that another soon takes the place of one that died. One that
/// stands still past its term may lose it to another, and then writes nothing more: every write shows its token (<see cref="HeldLease.GuardAsync"/>) within its own transaction.
/// </summary>
public sealed class Leases(StoreFactory stores, TimeProvider clock, LeaseHolder holder)
{
    /// <summary>The one name there is: who writes records.</summary>
    public const string Night = "night";

    /// <summary>So long after its last sign of life a holder counts as dead on another machine; on its own it is told at once.</summary>
    public static readonly TimeSpan Term = TimeSpan.FromMinutes(1);

    /// <summary>Four signs of life in a term: a database that is busy for a while costs nobody the lease.</summary>
    public static readonly TimeSpan Beat = Term / 4;

    /// <summary>What this process has not given back: it is at work, though its own long transaction may keep its signs of life out of a database that lets one write at a time.</summary>
    private readonly ConcurrentDictionary<string, long> own = new(StringComparer.Ordinal);

    /// <summary>Whether a holder that lives, or may live, is at work.</summary>
    public async Task<bool> IsHeldAsync(string name, CancellationToken cancellationToken)
    {
        if (own.ContainsKey(name))
        {
            return true;
        }

        await using var store = stores.Open();
        return await store.Leases.AsNoTracking().SingleOrDefaultAsync(row => row.Name == name, cancellationToken) is { } lease && IsHeld(lease, clock.GetUtcNow());
    }

    /// <summary>How far the clocks of two machines may be apart.</summary>
    public static readonly TimeSpan LargestSkew = TimeSpan.FromMinutes(20);

    /// <exception cref="LeaseHeldException">Another holder has it.</exception>
    public async Task<HeldLease> TakeAsync(string name, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (own.ContainsKey(name))
        {
            throw new LeaseHeldException(name, holder.Name, now + Term);
        }

        await using var store = stores.Open();
        var lease = await store.Leases.AsNoTracking().SingleOrDefaultAsync(row => row.Name == name, cancellationToken);
        if (lease is not null && IsHeld(lease, now))
        {
            throw new LeaseHeldException(name, lease.Holder, lease.Until);
        }

        var token = (lease?.Token ?? 0) + 1;
        if (lease is null ? await InsertedAsync(store, name, now, cancellationToken) : await TakenAsync(store, lease, token, now, cancellationToken))
        {
            own[name] = token;
            return new HeldLease(stores, clock, name, token, () => own.TryRemove(KeyValuePair.Create(name, token)));
        }

        throw new LeaseHeldException(name, "another process, which took it this moment", now + Term);
    }

    /// <summary>A term that ends far further off than any that is given now was written by a clock that ran ahead; it must not hold the store until that day comes.</summary>
    private bool IsHeld(Lease lease, DateTimeOffset now) => lease.Until > now && lease.Until <= now + Term + LargestSkew && !holder.IsDead(lease.Holder);

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
        // As it was seen: a holder whose renewal came through meanwhile lives.
        return await store.Leases.Where(row => row.Name == seen.Name && row.Token == seen.Token && row.Until == seen.Until)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Token, token).SetProperty(row => row.Holder, holder.Name).SetProperty(row => row.Until, until), cancellationToken) == 1;
    }
}

/// <summary>The right to write, until it is disposed or lost. It renews itself.</summary>
public sealed class HeldLease : IAsyncDisposable
{
    private readonly StoreFactory stores;
    private readonly TimeProvider clock;
    private readonly string name;
    private readonly long token;
    private readonly Action letGo;
    private readonly CancellationTokenSource end = new();
    private readonly Task beating;

    internal HeldLease(StoreFactory stores, TimeProvider clock, string name, long token, Action letGo)
    {
        (this.stores, this.clock, this.name, this.token, this.letGo) = (stores, clock, name, token, letGo);
        beating = BeatAsync(end.Token);
    }

    /// <summary>Renews the term and proves that nobody took the lease meanwhile. Called within the transaction that it guards.</summary>
    /// <exception cref="LeaseLostException">Another holder took it: this transaction must not be committed.</exception>
    public async Task GuardAsync(StoreContext store, CancellationToken cancellationToken)
    {
        if (!await IsRenewedAsync(store, cancellationToken))
        {
            throw new LeaseLostException(name);
        }
    }

    /// <summary>The same at once, seen by all: before a long transaction, which ends with the guard.</summary>
    /// <exception cref="LeaseLostException">Another holder took it.</exception>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        await GuardAsync(store, cancellationToken);
    }

    /// <summary>Gives it back, for any clock, one that was set back meanwhile included; one that was lost stays with whoever took it.</summary>
    public async ValueTask DisposeAsync()
    {
        letGo();
        await end.CancelAsync();
        await beating;
        end.Dispose();
        try
        {
            await using var store = stores.Open();
            await store.Leases.Where(row => row.Name == name && row.Token == token).ExecuteUpdateAsync(set => set.SetProperty(row => row.Until, DateTimeOffset.UnixEpoch), CancellationToken.None);
        }
        catch (SystemException failure) when (StoreFailure.Says(failure) is not null)
        {
            // It ends with its term. What ended the work itself is not to be hidden by this.
        }
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        var lives = true;
        while (lives)
        {
            try
            {
                await Task.Delay(Leases.Beat, clock, cancellationToken);
                await using var store = stores.Open();
                lives = await IsRenewedAsync(store, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SystemException)
            {
                // The database is busy, away or worse. If it lasts, whoever holds the lease hears of it by the next write; the lease itself is only a claim that every write proves.
            }
        }
    }

    private async Task<bool> IsRenewedAsync(StoreContext store, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + Leases.Term;
        return await store.Leases.Where(row => row.Name == name && row.Token == token).ExecuteUpdateAsync(set => set.SetProperty(row => row.Until, until), cancellationToken) == 1;
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
