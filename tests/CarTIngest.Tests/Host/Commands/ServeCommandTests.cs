using System.Net;
using System.Text.RegularExpressions;
using CarTIngest.Tests.Host.Web;
using Microsoft.Data.Sqlite;

namespace CarTIngest.Tests.Host.Commands;

/// <summary>The service as a browser and a supervisor meet it. Its sources are addresses at which nobody listens, so its first night is at work the whole time.</summary>
public sealed partial class ServeCommandTests : IDisposable
{
    private static readonly string[] Nobody =
    [
        "--set", "Web:Urls=http://127.0.0.1:0", "--set", "Sources:PubMed:BaseAddress=http://127.0.0.1:9/", "--set", "Sources:ClinicalTrials:BaseAddress=http://127.0.0.1:9/",
    ];

    private readonly Cartingest cartingest = new();
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    public void Dispose()
    {
        client.Dispose();
        cartingest.Dispose();
    }

    [SkippableFact]
    public async Task Opens_to_who_has_the_code_and_drains_when_it_is_terminated()
    {
        NeedsSignals();
        using var serving = cartingest.Start(["serve", .. Nobody, "--store", "store"]);
        var code = SetUp().Match(await serving.SaysAsync("There is no account yet.")).Groups["code"].Value;
        var address = await AddressAsync(serving);
        var file = Path.Combine(cartingest.Folder, "store", "setup-code");
        Assert.Equal(code, (await File.ReadAllTextAsync(file)).Trim());

        Assert.Equal("alive", await client.GetStringAsync(new Uri(address, "health/live")));
        foreach (var page in new[] { "", "hangfire", "hangfire/recurring", "people", "account" })
        {
            Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(address, page));
        }

        using var ada = new Visitor(address);
        await ada.GetAsync("setup");
        (await ada.PostAsync("setup", ("code", code), ("name", "Ada Muster"), ("email", "ada@hospital.example"), ("password", PagesUnderTest.Password), ("again", PagesUnderTest.Password))).LeadsTo("/");
        (await ada.GetAsync("")).Is(200).Says("The last nights");
        (await ada.GetAsync("hangfire/recurring")).Is(200);
        Assert.False(File.Exists(file));

        await serving.SignalAsync("TERM");
        var ended = (await serving.EndAsync()).Ends(0);
        Assert.Equal("", ended.Out);
        Assert.Single(ended.Error.Split('\n'), line => line.Contains(code, StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(cartingest.Folder, "store", "cartingest.db")));
    }

    [SkippableFact]
    public async Task Makes_a_new_code_at_each_start_until_one_is_used()
    {
        NeedsSignals();
        var codes = new List<string>();
        for (var start = 0; start < 2; start++)
        {
            using var serving = cartingest.Start(["serve", .. Nobody, "--store", "store"]);
            codes.Add(SetUp().Match(await serving.SaysAsync("There is no account yet.")).Groups["code"].Value);
            await AddressAsync(serving);
        }

        Assert.NotEqual(codes[0], codes[1]);
        Assert.Equal(codes[1], (await File.ReadAllTextAsync(Path.Combine(cartingest.Folder, "store", "setup-code"))).Trim());
    }

    [SkippableFact]
    public async Task Is_what_no_verb_means_and_says_that_it_was_interrupted()
    {
        NeedsSignals();
        using var serving = cartingest.Start(Nobody);
        await AddressAsync(serving);

        await serving.SignalAsync("INT");

        Assert.Contains("Stopped.", (await serving.EndAsync()).Ends(130).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_a_supervisor_while_it_waits_for_its_turn_at_the_store()
    {
        Directory.CreateDirectory(cartingest.InFolder("store"));
        await using var another = new SqliteConnection($"Data Source={Path.Combine(cartingest.InFolder("store"), "cartingest.db")};Pooling=False");
        await another.OpenAsync();
        // As another process has it that is at an upgrade.
        await using var turn = another.BeginTransaction(deferred: false);
        var address = new Uri($"http://127.0.0.1:{FreePort()}/");
        using var serving = cartingest.Start(["serve", .. Nobody, "--set", $"Web:Urls={address}", "--store", "store"]);
        await Eventually.IsAsync(async () => await IsAliveAsync(address));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(address, "health/startup"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(address, "health/ready"));
        using var visitor = new Visitor(address) { Cookies = { ["cartingest-session"] = "of a session from before" } };
        foreach (var page in new[] { "", "login", "setup", "hangfire", "nowhere" })
        {
            (await visitor.GetAsync(page)).Is(503).Says("The store is being brought up to date");
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(address, "health/live"));

        await turn.RollbackAsync();
        await serving.SaysAsync("listens on");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(address, "health/startup"));
        (await visitor.GetAsync("login")).Is(200);
    }

    [SkippableFact]
    public async Task Says_that_its_address_is_taken()
    {
        NeedsSignals();
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://{taken.LocalEndpoint}";

        (await cartingest.RunAsync(["serve", .. Nobody, "--set", $"Web:Urls={address}"])).Refuses(4, $"Web:Urls is {address}");
    }

    [Fact]
    public async Task Says_that_its_address_is_of_another_machine() =>
        (await cartingest.RunAsync(["serve", .. Nobody, "--set", "Web:Urls=http://192.0.2.1:5080"])).Refuses(4, "Web:Urls is http://192.0.2.1:5080");

    /// <summary>False also while nobody listens.</summary>
    private async Task<bool> IsAliveAsync(Uri address)
    {
        try
        {
            return await client.GetStringAsync(new Uri(address, "health/live")) == "alive";
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void NeedsSignals() => Shared.Require(!OperatingSystem.IsWindows(), "there are no signals here");

    private static async Task<Uri> AddressAsync(RunningCartingest serving) => new(Listening().Match(await serving.SaysAsync("listens on")).Groups["address"].Value + "/");

    private async Task<HttpStatusCode> StatusAsync(Uri address, string page)
    {
        using var answer = await client.GetAsync(new Uri(address, page));
        return answer.StatusCode;
    }

    [GeneratedRegex("with the code (?<code>[A-Za-z0-9_-]{32})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SetUp();

    [GeneratedRegex(@"listens on (?<address>http://127\.0\.0\.1:\d+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Listening();
}
