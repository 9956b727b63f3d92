using CarTIngest.Host.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CarTIngest.Tests.Host.Storage;

public sealed class StorageOptionsTests
{
    [SkippableTheory]
    [InlineData("idle_in_transaction_session_timeout", "5min")]
    [InlineData("tcp_keepalives_idle", "30")]
    [InlineData("tcp_keepalives_interval", "10")]
    [InlineData("tcp_keepalives_count", "3")]
    public async Task The_server_gives_up_a_session_that_vanished_or_stands_still_in_a_transaction(string setting, string value)
    {
        using var store = new TestStore(StorageProvider.PostgreSql);
        await using var context = store.Stores.Open();

        Assert.Equal(value, await context.Database.SqlQuery<string>($"""SELECT current_setting({setting}) AS "Value" """).SingleAsync());
    }

    [Fact]
    public void Ones_own_options_stay_as_they_are() =>
        Assert.Equal("-c work_mem=64MB", new NpgsqlConnectionStringBuilder(Server("Host=db;Options=-c work_mem=64MB").ToServer()).Options);

    [Fact]
    public void Written_by_mistake_they_tell_no_password() =>
        Assert.DoesNotContain("swordfish", $"{Server("Host=db;Password=swordfish")}", StringComparison.Ordinal);

    private static StorageOptions Server(string connectionString) => new() { Provider = StorageProvider.PostgreSql, ConnectionString = connectionString };
}
