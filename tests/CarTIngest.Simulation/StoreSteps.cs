using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CarTIngest.Simulation;

/// <summary>Makes a step of everything durable that an actor does: before a transaction, at each statement that writes, before the commit and after it.</summary>
internal sealed class StoreSteps(Actor actor) : DbCommandInterceptor, IDbTransactionInterceptor, ISaveChangesInterceptor
{
    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await ExecutingAsync(command, eventData);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await ExecutingAsync(command, eventData);
        return result;
    }

    public override async ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        await ExecutingAsync(command, eventData);
        return result;
    }

    public override async ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        await CommittedAsync(eventData.Context);
        return result;
    }

    public async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        actor.Written.Clear();
        await actor.StepAsync(StepKind.Begin, "transaction");
        return result;
    }

    public async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        await actor.StepAsync(StepKind.Commit, string.Join(',', actor.Written));
        return result;
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) => CommittedAsync();

    public async ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        // One statement without a transaction around it is committed when its reader is closed, and that is now.
        await CommittedAsync(eventData.Context);
        return result;
    }

    private async Task ExecutingAsync(DbCommand command, CommandEventData eventData)
    {
        if (actor.Dead)
        {
            throw new ProcessDiedException();
        }

        if (TableWrittenBy(command.CommandText) is { } table)
        {
            var inside = IsInTransaction(eventData.Context);
            if (!inside)
            {
                actor.Written.Clear();
            }

            actor.Written.Add(table);
            await actor.StepAsync(inside ? StepKind.Statement : StepKind.Begin, table);
        }
    }

    /// <summary>A statement without a transaction around it is over: what it wrote is committed.</summary>
    private async Task CommittedAsync(DbContext? context)
    {
        if (actor.Written.Count > 0 && !IsInTransaction(context))
        {
            await CommittedAsync();
        }
    }

    private async Task CommittedAsync()
    {
        var tables = string.Join(',', actor.Written);
        actor.Written.Clear();
        await actor.StepAsync(StepKind.Committed, tables);
    }

    private static bool IsInTransaction(DbContext? context) => context?.Database.CurrentTransaction is not null;

    private static string? TableWrittenBy(string command)
    {
        foreach (var verb in (ReadOnlySpan<string>)["INSERT INTO \"", "UPDATE \"", "DELETE FROM \""])
        {
            if (command.StartsWith(verb, StringComparison.Ordinal))
            {
                return command[verb.Length..command.IndexOf('"', verb.Length)];
            }
        }

        return null;
    }
}
