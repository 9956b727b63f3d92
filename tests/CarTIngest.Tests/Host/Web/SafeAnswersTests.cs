using CarTIngest.Host.Storage.Model;
using CarTIngest.Host.Web;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Tests.Host.Web;

/// <summary>What every answer carries; over https also what browsers remember.</summary>
public sealed class SafeAnswersTests
{
    private static readonly WebOptions BehindProxy = new() { Urls = "http://0.0.0.0:8080", PublicAddress = "https://cartingest.hospital.example", KnownProxies = "10.0.0.0/8;127.0.0.1" };

    [Fact]
    public async Task Every_answer_forbids_what_a_page_does_not_need()
    {
        await using var pages = await PagesUnderTest.StartAsync();
        using var visitor = await pages.VisitAsAsync("ada@hospital.example", Role.Operator);
        using var stranger = pages.Visit();
        foreach (var shown in new[]
        {
            await visitor.GetAsync(""), await visitor.GetAsync("account"), await visitor.GetAsync("nowhere"), await visitor.GetAsync("style.css"), await visitor.GetAsync("hangfire"), await visitor.GetAsync("health/live"),
            await stranger.GetAsync(""), await stranger.GetAsync("login"), await stranger.PostFromElsewhereAsync("login"), await stranger.GetAsync("unsubscribe/x"),
        })
        {
            Assert.Equal("nosniff", shown.Headers["X-Content-Type-Options"]);
            Assert.Equal("no-referrer", shown.Headers["Referrer-Policy"]);
            Assert.Equal("DENY", shown.Headers["X-Frame-Options"]);
            Assert.Contains("default-src 'none'", shown.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", shown.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe-eval", shown.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.DoesNotContain("Server", shown.Headers.Keys);
            Assert.DoesNotContain("Strict-Transport-Security", shown.Headers.Keys);
            if (shown.Headers.GetValueOrDefault("Content-Type") != "text/css; charset=utf-8")
            {
                Assert.Equal("no-store", shown.Headers["Cache-Control"]);
            }
        }

        Assert.DoesNotContain("script", (await visitor.GetAsync("")).Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("<script", (await visitor.GetAsync("")).Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_page_that_cannot_be_made_says_so_and_shows_nothing_of_why()
    {
        await using var pages = await PagesUnderTest.StartAsync();
        using var visitor = await pages.VisitAsAsync("ada@hospital.example", Role.Operator);
        await using (var store = pages.Store.Stores.Open())
        {
            await store.Database.ExecuteSqlRawAsync("DROP TABLE \"Alarms\"");
        }

        var shown = (await visitor.GetAsync("")).Is(500).Says("This should not have happened");
        Assert.DoesNotContain("Alarms", shown.Text, StringComparison.Ordinal);
        Assert.Equal("no-store", shown.Headers["Cache-Control"]);
        Assert.Contains("default-src 'none'", shown.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        (await visitor.GetAsync("account")).Is(200);
    }

    [Fact]
    public async Task Behind_a_named_proxy_pages_go_over_https_alone()
    {
        await using var pages = await PagesUnderTest.StartAsync(BehindProxy);
        await pages.AddAsync("ada@hospital.example", Role.Lead);
        using var visitor = pages.Visit();
        (await visitor.GetAsync("login")).Is(403).Says("over https, at https://cartingest.hospital.example");
        (await visitor.GetAsync("health/live")).Is(200);

        visitor.Headers["X-Forwarded-Proto"] = "https";
        visitor.Headers["X-Forwarded-For"] = "203.0.113.7";
        var entered = (await visitor.LogInAsync("ada@hospital.example")).LeadsTo("/");

        var cookie = Assert.Single(entered.SetCookies, one => one.StartsWith("__Host-cartingest-session=", StringComparison.Ordinal));
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
        var form = Assert.Single((await pages.VisitOverHttps().GetAsync("login")).SetCookies);
        Assert.StartsWith("__Host-cartingest-form=", form, StringComparison.Ordinal);
        Assert.Contains("secure", form, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("max-age=", (await visitor.GetAsync("")).Is(200).Headers["Strict-Transport-Security"], StringComparison.Ordinal);

        await visitor.GetAsync("people");
        (await visitor.PostAsync("people", ("name", "Eve Muster"), ("email", "eve@hospital.example"), ("role", Role.Reviewer))).Is(200).Says("https://cartingest.hospital.example/invite?code=");
    }

    [Theory]
    [InlineData("127.0.0.1:5080", 200)]
    [InlineData("localhost", 200)]
    [InlineData("[::1]:5080", 200)]
    [InlineData("review.example", 403)]
    [InlineData("192.0.2.7:5080", 403)]
    [InlineData("127.0.0.1.review.example", 403)]
    public async Task A_container_shows_pages_over_plain_http_to_who_asks_for_its_own_machine(string asked, int answered)
    {
        await using var pages = await PagesUnderTest.StartAsync(new WebOptions { Urls = "http://0.0.0.0:5080", PublicAddress = "http://127.0.0.1:5080" });
        using var visitor = pages.Visit();
        visitor.Headers["Host"] = asked;
        var shown = (await visitor.GetAsync("login")).Is(answered);
        Assert.Equal(answered == 403, shown.Text.Contains("a browser on their own machine alone", StringComparison.Ordinal));
        (await visitor.GetAsync("health/live")).Is(200);
    }

    [Theory]
    [InlineData("10.0.0.7")]
    [InlineData("10.0.0.0/8")]
    [InlineData("")]
    public async Task A_proxy_that_is_not_named_is_not_believed(string named)
    {
        await using var pages = await PagesUnderTest.StartAsync(BehindProxy with { KnownProxies = named });
        using var visitor = pages.Visit();
        visitor.Headers["X-Forwarded-Proto"] = "https";
        (await visitor.GetAsync("login")).Is(403);
    }

    [Fact]
    public async Task Each_address_behind_a_proxy_has_its_own_tries()
    {
        await using var pages = await PagesUnderTest.StartAsync(BehindProxy);
        using var visitor = pages.VisitOverHttps();
        visitor.Headers["X-Forwarded-For"] = "203.0.113.7";
        for (var tries = 0; tries < 31; tries++)
        {
            await visitor.PostFromElsewhereAsync("login");
        }

        (await visitor.PostFromElsewhereAsync("login")).Is(429).Says("Too many attempts");
        visitor.Headers["X-Forwarded-For"] = "203.0.113.8";
        (await visitor.PostFromElsewhereAsync("login")).Is(400);
    }

    [Fact]
    public async Task The_demo_is_open_to_this_machine_and_knows_no_accounts()
    {
        await using var pages = await PagesUnderTest.StartAsync(access: PageAccess.DemoOnLoopback);
        using var visitor = pages.Visit();
        (await visitor.GetAsync("")).Is(200).Says("This is the demo.");
        (await visitor.GetAsync("hangfire")).Is(200);
        foreach (var path in new[] { "people", "account", "login", "setup", "invite" })
        {
            (await visitor.GetAsync(path)).Is(404);
        }

        foreach (var (name, value) in new[] { ("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-Proto", "https"), ("Forwarded", "for=127.0.0.1"), ("Host", "evil.example"), ("Host", "127.0.0.1.evil.example") })
        {
            using var foreign = pages.Visit();
            foreign.Headers[name] = value;
            (await foreign.GetAsync("")).Is(403);
            (await foreign.GetAsync("hangfire")).Is(403);
            (await foreign.GetAsync("health/live")).Is(200);
        }
    }
}
