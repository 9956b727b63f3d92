using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CarTIngest.Tests.Sources.Http;

/// <summary>A real web server on a free loopback port that answers as the test says and remembers who came when.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private LoopbackServer(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single() + "/");

    public ConcurrentQueue<Visit> Visits { get; } = new();

    /// <param name="answer">Gets the number of the request, from 1.</param>
    public static async Task<LoopbackServer> StartAsync(Func<HttpContext, int, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new LoopbackServer(builder.Build());
        var visits = 0;
        server.app.Run(async context =>
        {
            var at = Stopwatch.GetTimestamp();
            using var body = new StreamReader(context.Request.Body);
            var text = await body.ReadToEndAsync(context.RequestAborted);
            server.Visits.Enqueue(new Visit(at, context.Request.Method, context.Request.Path + context.Request.QueryString, text, context.Request.Headers.UserAgent.ToString()));
            context.Items["body"] = text;
            await answer(context, Interlocked.Increment(ref visits));
        });
        await server.app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    /// <summary>The most arrivals within any second.</summary>
    public int BusiestSecond()
    {
        var times = Visits.Select(visit => visit.At).Order().ToArray();
        return times.Max(start => times.Count(time => time >= start && time < start + Stopwatch.Frequency));
    }

    internal sealed record Visit(long At, string Method, string Target, string Body, string UserAgent);
}
