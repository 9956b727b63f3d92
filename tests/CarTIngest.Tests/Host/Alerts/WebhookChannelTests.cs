using System.Security.Cryptography;
using System.Text;
using CarTIngest.Host.Alerts;
using CarTIngest.Host.Storage.Model;
using Microsoft.Extensions.DependencyInjection;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace CarTIngest.Tests.Host.Alerts;

public sealed class WebhookChannelTests : IDisposable
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly OutboxWorld world = new();
    private readonly WireMockServer server = WireMockServer.Start();

    public void Dispose()
    {
        server.Dispose();
        world.Dispose();
    }

    [Fact]
    public async Task Signs_as_Standard_Webhooks_says()
    {
        Answer(204);
        await world.AddAsync(OutboxWorld.Draft("a", "webhook") with { Text = """{"type":"alert"}""" });

        Assert.Equal(1, (await RunAsync()).Sent);

        var asked = server.LogEntries.Single().RequestMessage;
        var (id, at) = (asked.Headers!["webhook-id"].Single(), asked.Headers["webhook-timestamp"].Single());
        var expected = HMACSHA256.HashData(Convert.FromBase64String(Secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{id}.{at}.{asked.Body}"));
        Assert.Equal($"v1,{Convert.ToBase64String(expected)}", asked.Headers["webhook-signature"].Single());
        Assert.Equal(world.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), at);
    }

    [Fact]
    public async Task Keeps_its_id_over_all_tries()
    {
        Answer(503);
        await world.AddAsync(OutboxWorld.Draft("a", "webhook"));
        await RunAsync();
        Assert.Equal(OutboxState.Pending, (await world.RowAsync()).State);

        server.Reset();
        Answer(200);
        world.Clock.Advance(TimeSpan.FromHours(1));
        await RunAsync();

        Assert.Equal(OutboxState.Sent, (await world.RowAsync()).State);
        Assert.Matches("^msg_[0-9a-f]{16}$", server.LogEntries.Single().RequestMessage.Headers!["webhook-id"].Single());
    }

    [Fact]
    public async Task Follows_nobody_elsewhere()
    {
        server.Given(Request.Create().WithPath("/hook")).RespondWith(Response.Create().WithStatusCode(302).WithHeader("Location", $"{server.Url}/elsewhere"));
        await world.AddAsync(OutboxWorld.Draft("a", "webhook"));

        await RunAsync();

        Assert.Equal(OutboxState.Pending, (await world.RowAsync()).State);
        Assert.DoesNotContain(server.LogEntries, entry => entry.RequestMessage.Path == "/elsewhere");
    }

    [Fact]
    public async Task Ends_with_the_service_that_made_it()
    {
        await world.AddAsync(OutboxWorld.Draft("a", "webhook"));
        var services = new ServiceCollection().AddSingleton(world.Stores).AddSingleton<TimeProvider>(world.Clock)
            .AddAlerts(new AlertsOptions { Webhook = new WebhookOptions { Url = $"{server.Url}/hook", Secret = Secret } }, new AlertsPlace(null, TimeZoneInfo.Utc)).BuildServiceProvider();
        var channel = services.GetRequiredService<IReadOnlyList<IAlertChannel>>().Single(one => one.Name == "webhook");

        await services.DisposeAsync();

        var row = await world.RowAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => channel.HandOverAsync(row, _ => Task.FromResult(true), CancellationToken.None));
    }

    [Theory]
    [InlineData("0", 5)]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT", 5)]
    [InlineData("1200", 20)]
    [InlineData("999999", 180)]
    public async Task Is_asked_again_when_the_receiver_wishes_but_neither_at_once_nor_after_days(string wish, int mostMinutes)
    {
        server.Given(Request.Create().WithPath("/hook")).RespondWith(Response.Create().WithStatusCode(429).WithHeader("Retry-After", wish));
        await world.AddAsync(OutboxWorld.Draft("a", "webhook"));

        await RunAsync();

        Assert.Single(server.LogEntries);
        Assert.InRange((await world.RowAsync()).NextAttemptAt - world.Clock.GetUtcNow(), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(mostMinutes));
    }

    [Fact]
    public async Task What_is_gone_is_refused_for_good()
    {
        Answer(410);
        await world.AddAsync(OutboxWorld.Draft("a", "webhook"));

        await RunAsync();

        Assert.Equal(OutboxState.Refused, (await world.RowAsync()).State);
    }

    [Theory]
    [InlineData("http://hospital.example/hook", Secret)]
    [InlineData("ftp://127.0.0.1/hook", Secret)]
    [InlineData("https://user:word@hospital.example/hook", Secret)]
    [InlineData("https://hospital.example/hook", "")]
    [InlineData("https://hospital.example/hook", "whsec_c2hvcnQ=")]
    public void Refuses_an_address_that_is_not_safe_and_a_secret_that_is_none(string url, string secret) =>
        Assert.NotEmpty(new AlertsOptions { Webhook = new WebhookOptions { Url = url, Secret = secret } }.Faults());

    [Fact]
    public void Takes_https_and_this_machine()
    {
        Assert.Empty(new AlertsOptions { Webhook = new WebhookOptions { Url = "https://hospital.example/hook", Secret = Secret } }.Faults());
        Assert.Empty(new AlertsOptions { Webhook = new WebhookOptions { Url = "http://127.0.0.1:9/hook", Secret = Secret } }.Faults());
    }

    private void Answer(int status) => server.Given(Request.Create().WithPath("/hook").UsingPost()).RespondWith(Response.Create().WithStatusCode(status));

    private async Task<Delivery> RunAsync()
    {
        using var channel = new WebhookChannel(new WebhookOptions { Url = $"{server.Url}/hook", Secret = Secret }, world.Clock);
        return await world.Courier(channel).RunAsync(CancellationToken.None);
    }
}
