using System.Globalization;
using System.Text.RegularExpressions;
using CarTIngest.Host.Storage;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Npgsql;

namespace CarTIngest.Host.Jobs;

/// <summary>
/// Where Hangfire keeps its book: in memory beside SQLite, in the same database on PostgreSQL. It is clock and dashboard; what must not be forgotten (nights, records,
/// messages) is in the store either way.
/// </summary>
internal static partial class JobStorageSetup
{
    /// <summary>PostgreSQL's name for the turn at Hangfire's schema: any number that nobody else in this database uses.</summary>
    internal const long Turn = 0x43_61_72_54_4A_6F_62;

    public static JobStorage Of(StorageOptions storage, JobsOptions jobs)
    {
        if (storage.Provider == StorageProvider.Sqlite)
        {
            return new InMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromDays(7) });
        }

        var options = new PostgreSqlStorageOptions
        {
            PrepareSchemaIfNecessary = false,
            // A night outlives any fixed time-out, after which another worker would begin it again beside the first.
            UseSlidingInvisibilityTimeout = true,
            InvisibilityTimeout = TimeSpan.FromSeconds(jobs.InvisibilitySeconds),
            // A worker that is killed may leave one of Hangfire's own locks behind, each held for moments only.
            DistributedLockTimeout = TimeSpan.FromMinutes(1),
            // Who waits for a job is told of one by the database, and looks by itself where that was not heard.
            EnableLongPolling = true,
            QueuePollInterval = TimeSpan.FromSeconds(5),
        };
        return new PostgreSqlStorage(new NpgsqlConnectionFactory(storage.ToServer(), options), options);
    }

    /// <summary>The last step that the package's own scripts make; where they are named otherwise one day, the installer is always asked.</summary>
    private static readonly int NewestSchema = typeof(PostgreSqlObjectsInstaller).Assembly.GetManifestResourceNames()
        .Select(name => ScriptName().Match(name)).Where(match => match.Success).Select(match => int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture)).DefaultIfEmpty(int.MaxValue).Max();

    /// <summary>Makes Hangfire's tables, one process at a time: several at once would collide. Whoever comes later finds them made and waits for nobody.</summary>
    public static async Task PrepareAsync(StorageOptions storage, CancellationToken cancellationToken)
    {
        if (storage.Provider == StorageProvider.Sqlite)
        {
            return;
        }

        await using var connection = new NpgsqlConnection(storage.ToServer());
        await connection.OpenAsync(cancellationToken);
        if (await IsMadeAsync(connection, cancellationToken))
        {
            return;
        }

        await using var turn = new NpgsqlCommand("SELECT pg_advisory_lock(@turn)", connection) { CommandTimeout = 600 };
        turn.Parameters.AddWithValue("turn", Turn);
        await turn.ExecuteNonQueryAsync(cancellationToken);
        // On the same connection: whoever dies in it leaves nobody waiting.
        PostgreSqlObjectsInstaller.Install(connection);
        await using var release = new NpgsqlCommand("SELECT pg_advisory_unlock(@turn)", connection);
        release.Parameters.AddWithValue("turn", Turn);
        await release.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<bool> IsMadeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var table = new NpgsqlCommand("SELECT to_regclass('hangfire.schema') IS NOT NULL", connection);
        if (!Equals(await table.ExecuteScalarAsync(cancellationToken), true))
        {
            return false;
        }

        await using var version = new NpgsqlCommand("SELECT max(version) FROM hangfire.schema", connection);
        return await version.ExecuteScalarAsync(cancellationToken) is int made && made >= NewestSchema;
    }

    [GeneratedRegex(@"\.Install\.v(?<number>[0-9]+)\.sql$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ScriptName();
}
