using System.Net;
using System.Text.RegularExpressions;

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
    public async Task Shows_pages_to_this_machine_alone_and_drains_when_it_is_terminated()
    {
        NeedsSignals();
        using var serving = cartingest.Start(["serve", .. Nobody, "--store", "store"]);
        var address = await AddressAsync(serving);

        Assert.Equal("alive", await client.GetStringAsync(new Uri(address, "health/live")));
        using var page = await AskAsync(address, "");
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Contains("What is held", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(address, "hangfire"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(address, "hangfire/recurring"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(address, "", "Host", "localhost"));
        foreach (var (name, value) in new[] { ("X-Forwarded-For", "127.0.0.1"), ("Forwarded", "for=127.0.0.1"), ("Host", "evil.example"), ("Host", "127.0.0.1.evil.example") })
        {
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(address, "", name, value));
            Assert.Contains(await StatusAsync(address, "hangfire", name, value), new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden });
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(address, "health/live", name, value));
        }

        await serving.SignalAsync("TERM");
        Assert.Equal("", (await serving.EndAsync()).Ends(0).Out);
        Assert.True(File.Exists(Path.Combine(cartingest.Folder, "store", "cartingest.db")));
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

    private static void NeedsSignals() => Shared.Require(!OperatingSystem.IsWindows(), "there are no signals here");

    private static async Task<Uri> AddressAsync(RunningCartingest serving) => new(Listening().Match(await serving.SaysAsync("listens on")).Groups["address"].Value + "/");

    private async Task<HttpStatusCode> StatusAsync(Uri address, string page, string? header = null, string value = "")
    {
        using var answer = await AskAsync(address, page, header, value);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> AskAsync(Uri address, string page, string? header = null, string value = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, page));
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        return await client.SendAsync(request);
    }

    [GeneratedRegex(@"listens on (?<address>http://127\.0\.0\.1:\d+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Listening();
}
