using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using CarTIngest.Host.Web;
using CarTIngest.Tests.Host.Commands;

namespace CarTIngest.Tests.Host.Web;

/// <summary>Metrics as a scraper meets them, from the service itself.</summary>
public sealed partial class TelemetryTests : IDisposable
{
    private readonly Cartingest cartingest = new();
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    public void Dispose()
    {
        client.Dispose();
        cartingest.Dispose();
    }

    [Fact]
    public async Task Serves_metrics_on_a_port_of_their_own_and_nothing_else_there()
    {
        var metrics = new Uri($"http://127.0.0.1:{FreePort()}/");
        using var serving = cartingest.Start(
            "serve", "--store", "store", "--set", "Web:Urls=http://127.0.0.1:0", "--set", $"Telemetry:MetricsUrl={metrics}", "--set", "Sources:PubMed:Email=a@b.example",
            "--set", "Sources:PubMed:BaseAddress=http://127.0.0.1:9/", "--set", "Sources:ClinicalTrials:BaseAddress=http://127.0.0.1:9/");
        var listening = await serving.SaysAsync("listens on");
        var pages = new Uri(Address().Match(listening).Value + "/");
        Assert.DoesNotContain($":{metrics.Port}", listening, StringComparison.Ordinal);

        // The store's numbers are read beside the start.
        var told = "";
        for (var look = 0; look < 100 && !told.Contains("cartingest_outbox", StringComparison.Ordinal); look++)
        {
            told = await client.GetStringAsync(new Uri(metrics, "metrics"));
            await Task.Delay(100);
        }

        Assert.Contains("""cartingest_outbox{otel_scope_name="CarTIngest.Store",state="Ambiguous"} 0""", told, StringComparison.Ordinal);
        Assert.Contains("cartingest_quarantine{", told, StringComparison.Ordinal);
        foreach (var elsewhere in new[] { new Uri(metrics, ""), new Uri(metrics, "login"), new Uri(metrics, "hangfire"), new Uri(pages, "metrics"), new Uri(pages, "METRICS"), new Uri(pages, "metrics/"), new Uri(pages, "metrics/x") })
        {
            using var answer = await client.GetAsync(elsewhere);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("http://127.0.0.1:9464", 9464)]
    [InlineData("http://*:9464", 9464)]
    [InlineData("http://0.0.0.0:9464/", 9464)]
    public void A_metrics_address_is_none_or_has_a_port(string url, int? port)
    {
        var options = new TelemetryOptions { MetricsUrl = url };
        Assert.Empty(options.Faults());
        Assert.Equal(port, options.MetricsPort);
    }

    [Theory]
    [InlineData("9464")]
    [InlineData("https://127.0.0.1:9464")]
    [InlineData("http://127.0.0.1:9464/metrics")]
    [InlineData("http://127.0.0.1:9464/#metrics")]
    [InlineData("http://127.0.0.1:0")]
    public void Another_is_a_fault(string url) => Assert.Single(new TelemetryOptions { MetricsUrl = url }.Faults());

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Address();
}
