using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CarTIngest.Tests.Host.Storage.Upgrades;

/// <summary>
/// A process that dies at its k-th step with the database, a step being a statement or a commit: the connection drops before the step is done, and whatever the
/// code still tries afterwards fails. Numbered from 1; a number that is never reached only counts the steps.
/// </summary>
internal sealed class DyingAt(int step)
{
    public const int Never = int.MaxValue;

    public int Steps { get; private set; }

    public IInterceptor[] Interceptors => [new Statements(this), new Commits(this)];

    private void Step(DbConnection? connection)
    {
        if (++Steps >= step)
        {
            connection?.Close();
            throw new DiedException();
        }
    }

    private sealed class Statements(DyingAt process) : DbCommandInterceptor
    {
        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            process.Step(command.Connection);
            return new(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            process.Step(command.Connection);
            return new(result);
        }

        public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
        {
            process.Step(command.Connection);
            return new(result);
        }
    }

    private sealed class Commits(DyingAt process) : DbTransactionInterceptor
    {
        public override ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            process.Step(transaction.Connection);
            return new(result);
        }

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            process.Step(eventData.Context?.Database is { } database ? Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetDbConnection(database) : null);
            return Task.CompletedTask;
        }
    }
}

/// <summary>The process is no more.</summary>
internal sealed class DiedException() : Exception("The process died here.");
