using System.Net;
using CarTIngest.Rehearsal.Corpus;
using CarTIngest.Rehearsal.Server;
using Microsoft.AspNetCore.Http;
using static CarTIngest.Tests.Rehearsal.RecordedNights;

namespace CarTIngest.Tests.Rehearsal.Server;

public sealed class RehearsalServerTests
{
    private static RecordedNights Scripted() => new RecordedNights().Full(First, Study("NCT90000001")).Update(Second, Article(90000001));

    [Fact]
    public async Task Listens_on_loopback_only()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());

        Assert.Equal("127.0.0.1", standIn.Server.EUtilsAddress.Host);
        Assert.EndsWith("/entrez/eutils/", standIn.Server.EUtilsAddress.AbsoluteUri, StringComparison.Ordinal);
        Assert.EndsWith("/api/v2/", standIn.Server.RegistryAddress.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_run_side_by_side()
    {
        await using var one = await StandIn.StartAsync(Scripted());
        await using var other = await StandIn.StartAsync(Scripted());

        Assert.NotEqual(one.Server.EUtilsAddress.Port, other.Server.EUtilsAddress.Port);
    }

    [Fact]
    public async Task Logs_endpoint_night_status_and_bytes()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());
        using var version = await standIn.RegistryAsync("version");
        standIn.Server.MoveTo(Second);
        using var missing = await standIn.RegistryAsync("studies/NCT77777777");
        using var nowhere = await standIn.EUtilsAsync("nothing.fcgi");

        // A call is logged when its answer has left, which may be after the caller has it.
        var log = await LoggedAsync(standIn, 3);

        Assert.Equal(["version 2031-03-01 200", "study 2031-03-02 404", "unknown 2031-03-02 404"], log.Select(call => $"{call.Endpoint} {call.Night:yyyy-MM-dd} {call.Status}"));
        Assert.Equal((await version.Content.ReadAsByteArrayAsync()).Length, log[0].Bytes);
        Assert.True(log[0].At > DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task A_gate_sees_endpoint_count_and_night_and_may_answer_or_break_off()
    {
        var seen = new List<string>();
        Task Gate(HttpContext context, RequestDelegate next)
        {
            var request = RehearsedRequest.Of(context);
            seen.Add($"{request.Endpoint} {request.Nth} {request.NthOfNight} {request.Night:yyyy-MM-dd}");
            switch (request)
            {
                case { Endpoint: EndpointNames.Study, Nth: 2 }:
                    context.Response.StatusCode = 503;
                    return context.Response.WriteAsync("later");
                case { Endpoint: EndpointNames.Version }:
                    context.Abort();
                    return Task.CompletedTask;
                default:
                    return next(context);
            }
        }

        await using var standIn = await StandIn.StartAsync(Scripted(), new RehearsalSettings { PubMedRequestsPerSecond = 300, Gates = [Gate] });
        using var first = await standIn.RegistryAsync("studies/NCT90000001");
        standIn.Server.MoveTo(Second);
        using var second = await standIn.RegistryAsync("studies/NCT90000001");
        using var info = await standIn.EUtilsAsync("einfo.fcgi");
        await Assert.ThrowsAsync<HttpRequestException>(() => standIn.RegistryAsync("version"));

        Assert.Equal(["study 1 1 2031-03-01", "study 2 1 2031-03-02", "einfo 1 1 2031-03-02", "version 1 1 2031-03-02"], seen);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK], [first.StatusCode, second.StatusCode, info.StatusCode]);
        Assert.Equal("later", await second.Content.ReadAsStringAsync());
        Assert.Equal(4, (await LoggedAsync(standIn, 4)).Count);
    }

    [Fact]
    public async Task Moves_to_recorded_nights_only()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());

        Assert.Throws<ArgumentOutOfRangeException>(() => standIn.Server.MoveTo(Third));
    }

    [SkippableFact]
    public async Task Announces_on_every_recorded_night_what_the_files_hold()
    {
        var corpus = await RehearsalCorpus.LoadAsync(Shared.Data("ctgov/nights"), [Shared.Data("pubmed/nights")], First, CancellationToken.None);
        await using var server = await RehearsalServer.StartAsync(corpus, new RehearsalSettings { PubMedRequestsPerSecond = 300 }, CancellationToken.None);
        using var client = new HttpClient();
        var counts = new List<string>();
        foreach (var night in corpus.Nights)
        {
            server.MoveTo(night);
            var search = await client.GetStringAsync(new Uri(server.EUtilsAddress, "esearch.fcgi?term=leukemia&rettype=count"));
            var page = await client.GetStringAsync(new Uri(server.RegistryAddress, "studies?query.cond=leukemia&countTotal=true&pageSize=1&fields=NCTId"));
            counts.Add($"{Between(search, "<Count>", "<")} {Between(page, "\"totalCount\":", ",")}");
        }

        Assert.Equal("608 2178", counts[0]);
        Assert.Equal("727 2216", counts[^1]);
        Assert.Equal("710 2208", counts[corpus.Nights.ToList().IndexOf(new DateOnly(2026, 6, 10))]);
    }

    private static string Between(string text, string before, string after)
    {
        var start = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[start..text.IndexOf(after, start, StringComparison.Ordinal)];
    }

    private static async Task<IReadOnlyList<RehearsedCall>> LoggedAsync(StandIn standIn, int calls)
    {
        for (var tries = 0; tries < 100 && standIn.Server.Log.Snapshot().Count < calls; tries++)
        {
            await Task.Delay(20);
        }

        return standIn.Server.Log.Snapshot();
    }
}
