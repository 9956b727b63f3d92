using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using CarTIngest.Host.Storage;
using Npgsql;

namespace CarTIngest.Tests.Host.Commands;

/// <summary>The parts of the service as processes of their own, and what a supervisor hears of them. Their sources are addresses at which nobody listens.</summary>
public sealed partial class ServeRolesTests : IDisposable
{
    private static readonly string[] Nobody =
    [
        "--set", "Web:Urls=http://127.0.0.1:0", "--set", "Sources:PubMed:BaseAddress=http://127.0.0.1:9/", "--set", "Sources:ClinicalTrials:BaseAddress=http://127.0.0.1:9/", "--set", "Http:Retries=0",
    ];

    private readonly Cartingest cartingest = new();
    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false });

    public void Dispose()
    {
        client.Dispose();
        cartingest.Dispose();
    }

    [Theory]
    [InlineData("worker")]
    [InlineData("web")]
    public async Task Beside_SQLite_there_is_one_process(string role) =>
        (await cartingest.RunAsync(["serve", "--role", role, .. Nobody, "--store", "store"])).Refuses(4, "with SQLite the service is one process");

    [Fact]
    public async Task There_is_no_other_role() => (await cartingest.RunAsync("serve", "--role", "boss")).Refuses(2, "boss");

    [SkippableFact]
    public async Task Three_that_start_at_once_on_an_empty_database_make_everything_once_and_each_night_once()
    {
        Shared.Require(!OperatingSystem.IsWindows(), "there are no signals here");
        var database = PostgresCluster.NewDatabase();
        var workers = Enumerable.Range(0, 3).Select(_ => cartingest.Start(["serve", "--role", "worker", .. Nobody, .. On(database)])).ToList();
        try
        {
            foreach (var worker in workers)
            {
                var address = await AddressAsync(worker);
                await Eventually.IsAsync(async () => (await AskAsync(address, "health/ready")).Status == HttpStatusCode.OK);
                Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(address, "")).Status);
                Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(address, "hangfire")).Status);
            }

            await Eventually.IsAsync(async () => await CountAsync(database, """SELECT count(DISTINCT "Source") FROM "RunSources" """) == 2);
            await Eventually.IsAsync(async () => await CountAsync(database, """SELECT count(*) FROM "Runs" WHERE "EndedAt" IS NULL""") == 0);
            Assert.Equal(2, await CountAsync(database, """SELECT count(*) FROM "RunSources" """));
            Assert.Equal(3, await CountAsync(database, "SELECT count(*) FROM hangfire.server"));
            foreach (var worker in workers)
            {
                await worker.SignalAsync("TERM");
            }

            foreach (var worker in workers)
            {
                (await worker.EndAsync()).Ends(0);
            }
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }
    }

    [SkippableFact]
    public async Task Asked_to_end_while_another_upgrades_the_store_it_ends_well_and_has_touched_nothing()
    {
        Shared.Require(!OperatingSystem.IsWindows(), "there are no signals here");
        var database = PostgresCluster.NewDatabase();
        await using var other = new NpgsqlConnection(database);
        await other.OpenAsync();
        await using var turn = new NpgsqlCommand($"SELECT pg_advisory_lock({SchemaUpgrade.Turn})", other);
        await turn.ExecuteNonQueryAsync();

        using var worker = cartingest.Start(["serve", "--role", "worker", .. Nobody, .. On(database)]);
        await Eventually.IsAsync(async () => await CountAsync(database, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") == 1);
        await worker.SignalAsync("TERM");

        (await worker.EndAsync()).Ends(0);
        Assert.Equal(0, await CountAsync(database, "SELECT count(*) FROM pg_tables WHERE schemaname IN ('public', 'hangfire')"));
    }

    [SkippableFact]
    public async Task Web_serves_pages_and_does_no_job()
    {
        var database = PostgresCluster.NewDatabase();
        using var web = cartingest.Start(["serve", "--role", "web", .. Nobody, .. On(database)]);
        var address = await AddressAsync(web);

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(address, "health/ready")).Status);
        Assert.NotEqual(HttpStatusCode.NotFound, (await AskAsync(address, "")).Status);
        Assert.NotEqual(HttpStatusCode.NotFound, (await AskAsync(address, "hangfire")).Status);
        Assert.Equal((0, 0), (await CountAsync(database, "SELECT count(*) FROM hangfire.server"), await CountAsync(database, "SELECT count(*) FROM hangfire.job")));
    }

    [Fact]
    public async Task A_supervisor_hears_one_word_and_who_sits_at_the_machine_what_is_the_matter()
    {
        using var serving = cartingest.Start(["serve", .. Nobody, "--store", "store"]);
        var address = await AddressAsync(serving);

        Assert.Equal((HttpStatusCode.OK, "healthy"), await AskAsync(address, "health/startup", behindProxy: true));
        Assert.Equal((HttpStatusCode.OK, "healthy"), await AskAsync(address, "health/ready", behindProxy: true));
        Assert.Equal(["jobs", "startup", "store"], Checks((await AskAsync(address, "health/ready")).Says).Select(check => check.Name).Order());

        await using (var store = new StoreFactory(new StorageOptions { ConnectionString = StorageOptions.ConnectionTo(Path.Combine(cartingest.InFolder("store"), "cartingest.db")) }).Open())
        {
            await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(store.Database, """INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Later', '99.0.0')""");
        }

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unhealthy"), await AskAsync(address, "health/ready", behindProxy: true));
        var (status, says) = await AskAsync(address, "health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("newer version", Checks(says).Single(check => check.Name == "store").Says, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, "alive"), await AskAsync(address, "health/live"));
        Assert.Equal((HttpStatusCode.OK, "healthy"), await AskAsync(address, "health/startup", behindProxy: true));
    }

    private static string[] On(string database) => ["--set", "Storage:Provider=PostgreSql", "--set", $"Storage:ConnectionString={database}"];

    private static async Task<Uri> AddressAsync(RunningCartingest serving) => new(Listening().Match(await serving.SaysAsync("listens on")).Groups["address"].Value + "/");

    private static IReadOnlyList<(string Name, string? Says)> Checks(string json)
    {
        using var answer = JsonDocument.Parse(json);
        return [.. answer.RootElement.GetProperty("checks").EnumerateObject().Select(check => (check.Name, check.Value.GetProperty("says").GetString()))];
    }

    private static async Task<long> CountAsync(string database, string statement)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task<(HttpStatusCode Status, string Says)> AskAsync(Uri address, string page, bool behindProxy = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, page));
        if (behindProxy)
        {
            request.Headers.Add("X-Forwarded-For", "192.0.2.1");
        }

        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex(@"listens on (?<address>http://127\.0\.0\.1:\d+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Listening();
}
