using CarTIngest.Host.Jobs;
using CarTIngest.Host.Storage;
using Npgsql;

namespace CarTIngest.Tests.Host.Jobs;

/// <summary>Hangfire's tables on PostgreSQL.</summary>
public sealed class JobStorageSetupTests
{
    private const string Older = "UPDATE hangfire.schema SET version = version - 1";

    [Fact]
    public async Task Whoever_finds_them_made_waits_for_nobody_and_what_an_older_package_made_is_brought_up_to_date()
    {
        using var store = new TestStore(StorageProvider.PostgreSql, empty: true);
        await JobStorageSetup.PrepareAsync(store.Options, CancellationToken.None);
        await using var connection = new NpgsqlConnection(store.Options.ConnectionString);
        await connection.OpenAsync();
        await DoAsync(connection, $"SELECT pg_advisory_lock({JobStorageSetup.Turn})");

        using (var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30)))
        {
            await JobStorageSetup.PrepareAsync(store.Options, limit.Token);
        }

        await DoAsync(connection, $"SELECT pg_advisory_unlock({JobStorageSetup.Turn})");
        var made = await VersionAsync(connection);
        await DoAsync(connection, Older);
        await JobStorageSetup.PrepareAsync(store.Options, CancellationToken.None);
        Assert.Equal(made, await VersionAsync(connection));
    }

    private static async Task DoAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> VersionAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT version FROM hangfire.schema", connection);
        return await command.ExecuteScalarAsync();
    }
}
