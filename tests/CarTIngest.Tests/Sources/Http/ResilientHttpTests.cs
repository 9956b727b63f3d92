using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CarTIngest.Sources;
using CarTIngest.Sources.Http;
using Microsoft.AspNetCore.Http;

namespace CarTIngest.Tests.Sources.Http;

public sealed class ResilientHttpTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Tries_again_what_passes_with_a_fresh_request_each_time_and_counts_them()
    {
        await using var server = await LoopbackServer.StartAsync((context, n) => context.Response.WriteAsync(n < 3 ? "later" : "fine"));
        await using var client = new HttpUnderTest();
        var made = 0;
        var answer = await client.Http.SendAsync(
            () =>
            {
                made++;
                return new HttpRequestMessage(HttpMethod.Post, server.Address) { Content = new StringContent("q") };
            },
            Says("fine", AnswerClass.Transient),
            None);

        Assert.Equal("fine", Text(answer));
        Assert.Equal(3, client.Http.Requests);
        Assert.Equal(14, client.Http.BytesReceived);
        Assert.Equal(4, made); // one for the envelope
        Assert.All(server.Visits, visit => Assert.Equal(("POST", "q"), (visit.Method, visit.Body)));
        Assert.All(server.Visits, visit => Assert.Matches(@"^CarTIngest/\d+\.\d+\.\d+$", visit.UserAgent));
    }

    [Theory]
    [InlineData(AnswerClass.Permanent, 1)]
    [InlineData(AnswerClass.SchemaDrift, 3)]
    [InlineData(AnswerClass.Transient, 6)]
    [InlineData(AnswerClass.Throttled, 6)]
    [InlineData(AnswerClass.Blocked, 6)]
    public async Task Tries_each_class_as_often_as_it_deserves(AnswerClass kind, int requests)
    {
        await using var server = await LoopbackServer.StartAsync((context, _) => context.Response.WriteAsync("no"));
        await using var client = new HttpUnderTest(HttpUnderTest.Quick with { Retries = 5 });
        var refused = await Assert.ThrowsAsync<AnswerRefusedException>(() => client.Http.SendAsync(Get(server.Address), Says("fine", kind), None));
        Assert.Equal(kind, refused.Verdict.Class);
        Assert.Equal(requests, client.Http.Requests);
    }

    [Fact]
    public async Task Waits_longer_when_it_is_blocked_than_when_a_fault_passes()
    {
        await using var server = await LoopbackServer.StartAsync((context, n) => context.Response.WriteAsync(n < 2 ? "no" : "fine"));
        await using var client = new HttpUnderTest(HttpUnderTest.Quick with { FirstPause = TimeSpan.FromMilliseconds(60), LongestPause = TimeSpan.FromSeconds(1) });
        await client.Http.SendAsync(Get(server.Address), Says("fine", AnswerClass.Blocked), None);
        Assert.True(Gaps(server).Single() >= TimeSpan.FromMilliseconds(295));
    }

    [Fact]
    public async Task Honours_retry_after_and_makes_every_other_caller_wait_too()
    {
        await using var server = await LoopbackServer.StartAsync((context, n) =>
        {
            if (n > 1)
            {
                return context.Response.WriteAsync("fine");
            }

            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "1";
            return context.Response.WriteAsync("slow down");
        });
        await using var client = new HttpUnderTest();
        var first = client.Http.SendAsync(Get(server.Address), ByStatus, None);
        while (client.Http.BytesReceived == 0)
        {
            await Task.Delay(5);
        }

        await Task.Delay(50);
        await Task.WhenAll(first, client.Http.SendAsync(Get(server.Address), ByStatus, None), client.Http.SendAsync(Get(server.Address), ByStatus, None));
        var arrivals = server.Visits.Select(visit => visit.At).Order().ToArray();
        Assert.Equal(4, arrivals.Length);
        Assert.True(Stopwatch.GetElapsedTime(arrivals[0], arrivals[1]) >= TimeSpan.FromMilliseconds(950));
    }

    [Theory]
    [InlineData(10, 24)]
    [InlineData(2.5, 6)]
    public async Task Never_exceeds_the_pace_in_any_second_with_four_callers_and_their_retries(double rate, int calls)
    {
        await using var server = await LoopbackServer.StartAsync((context, n) => context.Response.WriteAsync(n % 3 == 0 ? "no" : "fine"));
        await using var client = new HttpUnderTest(HttpUnderTest.Quick with { RequestsPerSecond = rate });
        await Parallel.ForEachAsync(Enumerable.Range(0, calls), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (_, token) =>
            await client.Http.SendAsync(Get(server.Address), Says("fine", AnswerClass.Transient), token));
        Assert.True(server.Visits.Count > calls);
        Assert.True(server.BusiestSecond() <= (int)rate + 1, $"{server.BusiestSecond()} requests in one second at {rate}/s");
    }

    [Fact]
    [Trait("Silent", "E17")]
    public async Task E17_a_body_cut_short_of_its_length_is_asked_for_again()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Task.Run(async () =>
        {
            foreach (var body in (string[])["half", "half and half"])
            {
                using var peer = await listener.AcceptTcpClientAsync();
                await using var stream = peer.GetStream();
                await stream.ReadAtLeastAsync(new byte[4096], 1);
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: 13\r\nConnection: close\r\n\r\n{body}"));
            }
        });
        await using var client = new HttpUnderTest();
        var answer = await client.Http.SendAsync(Get(new Uri($"http://{listener.LocalEndpoint}/")), ByStatus, None);
        await serving;
        Assert.Equal("half and half", Text(answer));
        Assert.Equal(2, client.Http.Requests);
    }

    [Fact]
    public async Task The_body_must_arrive_whole_within_the_time_of_its_try()
    {
        await using var server = await LoopbackServer.StartAsync(async (context, n) =>
        {
            await context.Response.WriteAsync("be");
            await context.Response.Body.FlushAsync();
            if (n == 1)
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            }

            await context.Response.WriteAsync("gun");
        });
        await using var client = new HttpUnderTest(HttpUnderTest.Quick with { AttemptTimeout = TimeSpan.FromSeconds(2) });
        var answer = await client.Http.SendAsync(Get(server.Address), ByStatus, None);
        Assert.Equal("begun", Text(answer));
        Assert.Equal(2, client.Http.Requests);
    }

    [Fact]
    public async Task A_body_over_the_cap_is_refused_for_good_even_when_it_was_small_on_the_wire()
    {
        await using var server = await LoopbackServer.StartAsync(async (context, _) =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await gzip.WriteAsync(new byte[2_000_000]);
        });
        await using var client = new HttpUnderTest(HttpUnderTest.Quick with { LargestBody = 1_000_000 });
        var refused = await Assert.ThrowsAsync<AnswerRefusedException>(() => client.Http.SendAsync(Get(server.Address), ByStatus, None));
        Assert.Equal(AnswerClass.Permanent, refused.Verdict.Class);
        Assert.Contains("1000000 bytes", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, client.Http.Requests);
    }

    [Fact]
    public async Task Compressed_bodies_come_decompressed_and_are_asked_for_again_when_they_are_damaged()
    {
        await using var server = await LoopbackServer.StartAsync(async (context, n) =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            if (n == 1)
            {
                await context.Response.WriteAsync("this is no gzip");
                return;
            }

            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await gzip.WriteAsync("well packed"u8.ToArray());
        });
        await using var client = new HttpUnderTest();
        Assert.Equal("well packed", Text(await client.Http.SendAsync(Get(server.Address), ByStatus, None)));
        Assert.Equal(2, client.Http.Requests);
    }

    [Fact]
    public async Task Redirects_are_shown_to_the_judge_and_cookies_are_not_kept()
    {
        await using var server = await LoopbackServer.StartAsync((context, _) =>
        {
            Assert.False(context.Request.Headers.ContainsKey("Cookie"));
            context.Response.StatusCode = 301;
            context.Response.Headers.Location = "/elsewhere";
            context.Response.Headers.SetCookie = "a=b";
            return Task.CompletedTask;
        });
        await using var client = new HttpUnderTest(HttpUnderTest.Quick with { Contact = "team@example.org" });
        for (var n = 0; n < 2; n++)
        {
            var answer = await client.Http.SendAsync(Get(server.Address), _ => AnswerVerdict.Ok, None);
            Assert.Equal((HttpStatusCode.MovedPermanently, "/elsewhere"), (answer.Status, answer.Location?.ToString()));
        }

        Assert.EndsWith("(+team@example.org)", server.Visits.First().UserAgent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Silent", "E25")]
    public async Task E25_a_host_that_cannot_be_reached_is_down_after_the_last_try()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var address = new Uri($"http://{closed.LocalEndpoint}/");
        closed.Stop();
        await using var client = new HttpUnderTest(HttpUnderTest.Quick with { Retries = 2 });
        var down = await Assert.ThrowsAsync<SourceDownException>(() => client.Http.SendAsync(Get(address), ByStatus, None));
        Assert.Equal("pubmed", down.SourceName);
        Assert.IsType<HttpRequestException>(down.InnerException);
        Assert.Equal(3, client.Http.Requests);
    }

    [Fact]
    public async Task When_the_whole_time_is_up_the_source_is_down_and_its_last_words_are_told()
    {
        await using var server = await LoopbackServer.StartAsync((context, _) => context.Response.WriteAsync("no"));
        await using var client = new HttpUnderTest(HttpUnderTest.Quick with { Retries = 10_000, TotalTimeout = TimeSpan.FromSeconds(2) });
        var down = await Assert.ThrowsAsync<SourceDownException>(() => client.Http.SendAsync(Get(server.Address), Says("fine", AnswerClass.Transient), None));
        Assert.Contains("It says no.", down.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_callers_cancellation_stays_a_cancellation()
    {
        await using var server = await LoopbackServer.StartAsync((context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var client = new HttpUnderTest();
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(150));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Http.SendAsync(Get(server.Address), ByStatus, patience.Token));
        Assert.Equal(1, client.Http.Requests);
    }

    [Fact]
    public async Task An_open_circuit_is_waited_out_and_no_try_is_lost_to_it()
    {
        await using var server = await LoopbackServer.StartAsync((context, n) => context.Response.WriteAsync(n <= 21 ? "no" : "fine"));
        await using var client = new HttpUnderTest(HttpUnderTest.Quick with { Retries = 22, Break = TimeSpan.FromSeconds(2) });
        await client.Http.SendAsync(Get(server.Address), Says("fine", AnswerClass.Transient), None);
        Assert.Equal(22, client.Http.Requests);
        Assert.Equal(2, Gaps(server).Count(gap => gap >= TimeSpan.FromMilliseconds(1950)));
    }

    [Fact]
    public async Task The_circuit_outlives_one_fault_in_five()
    {
        await using var server = await LoopbackServer.StartAsync((context, n) => context.Response.WriteAsync(n * 7919 % 100 < 20 ? "no" : "fine"));
        await using var client = new HttpUnderTest(HttpUnderTest.Quick with { Break = TimeSpan.FromMinutes(5) });
        for (var n = 0; n < 200; n++)
        {
            await client.Http.SendAsync(Get(server.Address), Says("fine", AnswerClass.Transient), None);
        }

        Assert.InRange(client.Http.Requests, 240, 270);
    }

    private static Func<HttpRequestMessage> Get(Uri address) => () => new HttpRequestMessage(HttpMethod.Get, address);

    private static string Text(Answer answer) => Encoding.UTF8.GetString(answer.Body.Span);

    private static AnswerClassifier Says(string wanted, AnswerClass otherwise) =>
        answer => Text(answer) == wanted ? AnswerVerdict.Ok : new AnswerVerdict(otherwise, $"It says {Text(answer)}.");

    private static AnswerVerdict ByStatus(Answer answer) => answer.Status switch
    {
        HttpStatusCode.OK => AnswerVerdict.Ok,
        HttpStatusCode.TooManyRequests => new AnswerVerdict(AnswerClass.Throttled, "Too fast.") { RetryAfter = answer.RetryAfter },
        _ => new AnswerVerdict(AnswerClass.Transient, $"Status {(int)answer.Status}."),
    };

    private static TimeSpan[] Gaps(LoopbackServer server)
    {
        var times = server.Visits.Select(visit => visit.At).Order().ToArray();
        return [.. times.Zip(times.Skip(1), (a, b) => Stopwatch.GetElapsedTime(a, b))];
    }
}
