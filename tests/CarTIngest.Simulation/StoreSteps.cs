using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CarTIngest.Simulation;

/// <summary>Makes a step of everything durable that an actor does: before a transaction, at each statement that writes, before the commit and after it.</summary>
internal sealed class StoreSteps(Actor actor) : DbCommandInterceptor, IDbTransactionInterceptor, ISaveChangesInterceptor
{
    private readonly SortedSet<string> written = new(StringComparer.Ordinal);

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
        if (written.Count > 0 && eventData.Context?.Database.CurrentTransaction is null)
        {
            await CommittedAsync();
        }

        return result;
    }

    public async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        written.Clear();
        await actor.StepAsync(StepKind.Begin, "transaction");
        return result;
    }

    public async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        await actor.StepAsync(StepKind.Commit, string.Join(',', written));
        return result;
    }

    public async Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) => await CommittedAsync();

    public async ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        // One statement without a transaction around it is committed when its reader is closed, and that is now.
        if (written.Count > 0 && eventData.Context?.Database.CurrentTransaction is null)
        {
            await CommittedAsync();
        }

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
            var inside = eventData.Context?.Database.CurrentTransaction is not null;
            if (!inside)
            {
                written.Clear();
            }

            written.Add(table);
            await actor.StepAsync(inside ? StepKind.Statement : StepKind.Begin, table);
        }
    }

    private async Task CommittedAsync()
    {
        var tables = string.Join(',', written);
        written.Clear();
        await actor.StepAsync(StepKind.Committed, tables);
    }

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
