using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace CarTIngest.Host.Storage;

/// <summary>
/// All pending migrations in one transaction that only one process has at a time. Whoever dies in it leaves the schema as it was and nobody waiting: the
/// database itself takes the turn back. (EF Core's own lock on SQLite is a row, which a killed process leaves behind and the next would wait for without end;
/// within a transaction of ours EF Core takes none.) A migration may therefore hold no statement that has to stand outside a transaction; EF Core refuses it.
/// </summary>
internal static class SchemaUpgrade
{
    /// <summary>An upgrade may rewrite large tables, and another process may be at it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>PostgreSQL's name for the turn: any number that nobody else in this database uses.</summary>
    internal const long Turn = 0x43_61_72_54_49_6E_67;

    /// <returns>What was applied; empty when another process was faster.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(StoreContext store, CancellationToken cancellationToken)
    {
        store.Database.SetCommandTimeout(Patience);
        if (store.Database.GetDbConnection() is not SqliteConnection sqlite)
        {
            await CreateDatabaseAsync(store, cancellationToken);
            return await UpgradeAsync(store, cancellationToken);
        }

        // The connection goes back to a pool.
        var usual = sqlite.DefaultTimeout;
        sqlite.DefaultTimeout = (int)Patience.TotalSeconds;
        try
        {
            return await UpgradeAsync(store, cancellationToken);
        }
        finally
        {
            sqlite.DefaultTimeout = usual;
        }
    }

    private static async Task<IReadOnlyList<string>> UpgradeAsync(StoreContext store, CancellationToken cancellationToken)
    {
        // SQLite lets one in here and has the others wait.
        await using var turn = await store.Database.BeginTransactionAsync(cancellationToken);
        if (store is PostgreSqlStore)
        {
            await store.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Turn})", cancellationToken);
        }

        // PostgreSQL gives a transaction up that asks for a table that is not there.
        await store.GetService<IHistoryRepository>().CreateIfNotExistsAsync(cancellationToken);
        var pending = (await store.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (pending.Count > 0)
        {
            await store.Database.MigrateAsync(cancellationToken);
            await turn.CommitAsync(cancellationToken);
        }

        return pending;
    }

    private static async Task CreateDatabaseAsync(StoreContext store, CancellationToken cancellationToken)
    {
        var creator = store.GetService<IRelationalDatabaseCreator>();
        if (await creator.ExistsAsync(cancellationToken))
        {
            return;
        }

        try
        {
            await creator.CreateAsync(cancellationToken);
        }
        catch (PostgresException)
        {
            // Another process may have made it this moment; else the refusal is what it is.
            if (!await creator.ExistsAsync(cancellationToken))
            {
                throw;
            }
        }
    }
}
