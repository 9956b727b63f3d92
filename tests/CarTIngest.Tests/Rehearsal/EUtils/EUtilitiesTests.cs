using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using CarTIngest.Rehearsal.Server;
using static CarTIngest.Tests.Rehearsal.RecordedNights;

namespace CarTIngest.Tests.Rehearsal.EUtils;

public sealed class EUtilitiesTests
{
    private static RecordedNights Scripted() => new RecordedNights().Update(First, Article(90000001)).Update(Third, Article(90000002));

    [Fact]
    public async Task Einfo_moves_every_night()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());
        var before = await InfoAsync(standIn);

        standIn.Server.MoveTo(Third);
        var after = await InfoAsync(standIn);

        Assert.Equal("2031/03/01 06:33", before.Element("LastUpdate")!.Value);
        Assert.Equal("2031/03/04 06:33", after.Element("LastUpdate")!.Value);
        Assert.Equal("2", after.Element("Count")!.Value);
        Assert.Contains(after.Element("FieldList")!.Elements("Field"), field => field.Element("Name")!.Value == "CRDT");
    }

    [Fact]
    public async Task Einfo_lists_its_databases_and_knows_no_other()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());

        using var list = await standIn.EUtilsAsync("einfo.fcgi");
        using var other = await standIn.EUtilsAsync("einfo.fcgi?db=fleegle");
        using var json = await standIn.EUtilsAsync("einfo.fcgi?db=pubmed&retmode=json");

        Assert.Contains("<DbName>pubmed</DbName>", await list.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("<ERROR>Can not retrieve DbInfo for db=fleegle</ERROR>", await other.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var info = JsonDocument.Parse(await json.Content.ReadAsStringAsync()).RootElement.GetProperty("einforesult").GetProperty("dbinfo")[0];
        Assert.Equal("2031/03/01 06:33", info.GetProperty("lastupdate").GetString());
    }

    [Fact]
    public async Task Answers_three_a_second_and_refuses_the_rest_in_both_known_shapes()
    {
        await using var standIn = await StandIn.StartAsync(Scripted(), new RehearsalSettings());
        var (answered, refusals, clock) = (0, new List<string>(), Stopwatch.StartNew());
        while (clock.Elapsed < TimeSpan.FromSeconds(2))
        {
            using var answer = await standIn.EUtilsAsync("einfo.fcgi?db=pubmed");
            Assert.Equal("3", answer.Headers.GetValues("X-RateLimit-Limit").Single());
            Assert.True(answer.Headers.Contains("X-RateLimit-Remaining"));
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                answered++;
            }
            else
            {
                Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
                Assert.Equal(TimeSpan.FromSeconds(2), answer.Headers.RetryAfter?.Delta);
                refusals.Add(await answer.Content.ReadAsStringAsync());
            }

            await Task.Delay(20);
        }

        // Three at once, then three a second for two seconds; a slow machine may be late with the last.
        Assert.InRange(answered, 7, 3 + (int)Math.Ceiling(3 * clock.Elapsed.TotalSeconds));
        Assert.Contains("{\"error\":\"API rate limit exceeded\",\"api-key\":\"127.0.0.1\",\"count\":\"4\",\"limit\":\"3\"}", refusals);
        Assert.Contains("{\"error\":\"API rate limit exceeded\",\"count\":\"4\"}", refusals);
    }

    [Fact]
    public async Task A_caller_below_the_limit_is_never_refused()
    {
        await using var standIn = await StandIn.StartAsync(Scripted(), new RehearsalSettings());
        for (var i = 0; i < 5; i++)
        {
            using var answer = await standIn.EUtilsAsync("einfo.fcgi");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            await Task.Delay(400);
        }
    }

    [Fact]
    public async Task An_api_key_has_its_own_bucket_and_is_echoed_when_it_is_empty()
    {
        await using var standIn = await StandIn.StartAsync(Scripted(), new RehearsalSettings { PubMedRequestsPerSecond = 1, PubMedRequestsPerSecondWithKey = 2 });
        using var withoutKey = await standIn.EUtilsAsync("einfo.fcgi");
        using var withKey = await standIn.EUtilsAsync("einfo.fcgi?api_key=k1");
        using var posted = await standIn.PostAsync("einfo.fcgi", ("api_key", "k1"));
        using var refused = await standIn.EUtilsAsync("einfo.fcgi?api_key=k1");

        Assert.All([withoutKey, withKey, posted], answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Contains("\"api-key\":\"k1\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_is_refused_and_so_is_an_address_beyond_eight_kilobytes()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());
        using var head = await standIn.SendAsync(new HttpRequestMessage(HttpMethod.Head, new Uri(standIn.Server.EUtilsAddress, "efetch.fcgi?db=pubmed&id=90000001")));
        using var tooLong = await standIn.EUtilsAsync($"efetch.fcgi?db=pubmed&id={new string('9', 9_000)}");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, head.StatusCode);
        Assert.Equal(HttpStatusCode.RequestUriTooLong, tooLong.StatusCode);
        Assert.Equal("text/html", tooLong.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Can_insist_on_tool_and_email()
    {
        await using var standIn = await StandIn.StartAsync(Scripted(), new RehearsalSettings { PubMedRequestsPerSecond = 300, Tool = ToolPolicy.Required });
        using var nameless = await standIn.EUtilsAsync("einfo.fcgi");
        using var named = await standIn.EUtilsAsync("einfo.fcgi?tool=tests&email=tests%40example.org");

        Assert.Equal(HttpStatusCode.BadRequest, nameless.StatusCode);
        Assert.Equal(HttpStatusCode.OK, named.StatusCode);
    }

    private static async Task<XElement> InfoAsync(StandIn standIn)
    {
        using var answer = await standIn.EUtilsAsync("einfo.fcgi?db=pubmed");
        return XDocument.Parse(await answer.Content.ReadAsStringAsync()).Root!.Element("DbInfo")!;
    }
}
