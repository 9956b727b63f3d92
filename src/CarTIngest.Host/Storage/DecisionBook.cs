using CarTIngest.Host.Storage.Model;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>
/// The chain of people's decisions: the one place that writes it. One process at a time reads the whole chain, asks the rules and appends, so that nobody decides on what
/// is no longer so and the chain never forks.
/// </summary>
public sealed class DecisionBook(StoreFactory stores, TimeProvider clock)
{
    /// <summary>PostgreSQL's name for the turn: any number that nobody else in this database uses.</summary>
    private const long Turn = 0x43_61_72_54_44_65_63;

    /// <param name="about">What is decided on, as the store knows it within this turn; null where it is about no record.</param>
    /// <exception cref="DecisionRefusedException">The rules say no, and why.</exception>
    /// <exception cref="StoreDamagedException">The chain does not hold: nothing more is written on it.</exception>
    public async Task<DecisionWritten> WriteAsync(Protocol protocol, DecisionDraft draft, Func<StoreContext, ScreeningState, Task<DecisionSubject?>> about, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        // SQLite lets one in here and has the others wait.
        await using var turn = await store.Database.BeginTransactionAsync(cancellationToken);
        if (store is PostgreSqlStore)
        {
            await store.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Turn})", cancellationToken);
        }

        var chain = await ChainAsync(store, cancellationToken);
        if (await IntegrityOfDecisions.FaultAsync(store, chain, cancellationToken) is { } fault)
        {
            throw new StoreDamagedException($"{fault} Nothing is decided on a broken chain.");
        }

        var state = ScreeningState.Of(protocol, chain);
        if (DecisionRules.Refusal(state, draft, await about(store, state)) is { } refusal)
        {
            throw new DecisionRefusedException(refusal);
        }

        var decision = Decision.After(chain.LastOrDefault(), clock.GetUtcNow(), draft);
        store.Decisions.Add(decision);
        var head = await store.ChainHeads.SingleOrDefaultAsync(row => row.Name == ChainHead.OfDecisions, cancellationToken)
            ?? store.ChainHeads.Add(new ChainHead { Name = ChainHead.OfDecisions, Number = 0, Hash = "" }).Entity;
        (head.Number, head.Hash) = (decision.Number, decision.Hash);
        await store.SaveChangesAsync(cancellationToken);
        await turn.CommitAsync(cancellationToken);
        return new DecisionWritten(decision, state.After(decision));
    }

    /// <summary>What people have decided so far, as one moment of the store sees it.</summary>
    public static async Task<ScreeningState> StateAsync(StoreContext store, Protocol protocol, CancellationToken cancellationToken) =>
        ScreeningState.Of(protocol, await ChainAsync(store, cancellationToken));

    internal static Task<List<Decision>> ChainAsync(StoreContext store, CancellationToken cancellationToken) =>
        store.Decisions.AsNoTracking().OrderBy(decision => decision.Number).ToListAsync(cancellationToken);
}

/// <param name="State">What people have decided, with it.</param>
public sealed record DecisionWritten(Decision Decision, ScreeningState State);

/// <summary>The rules do not let this person decide this; the message says why and what to do instead. Nothing was written.</summary>
public sealed class DecisionRefusedException(string says) : Exception(says);
