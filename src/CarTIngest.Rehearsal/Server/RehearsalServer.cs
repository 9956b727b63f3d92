using System.Net;
using CarTIngest.Rehearsal.Corpus;
using CarTIngest.Rehearsal.EUtils;
using CarTIngest.Rehearsal.Registry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CarTIngest.Rehearsal.Server;

/// <summary>
/// Both APIs on one loopback port, answered from recorded nights over real HTTP. It scripts answers and claims no search fidelity:
/// every topical term gets the whole corpus in force. It begins on the corpus's first night.
/// </summary>
public sealed class RehearsalServer : IAsyncDisposable
{
    private const int AddressLimitBytes = 8 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly WebApplication app;
    private readonly NightStage stage;

    private RehearsalServer(WebApplication app, NightStage stage, RehearsalLog log)
    {
        (this.app, this.stage, Log) = (app, stage, log);
        var root = new Uri(app.Urls.Single());
        EUtilsAddress = new Uri(root, EndpointNames.EUtilsRoot);
        RegistryAddress = new Uri(root, EndpointNames.RegistryRoot);
    }

    /// <summary>Ends in <c>/entrez/eutils/</c>.</summary>
    public Uri EUtilsAddress { get; }

    /// <summary>Ends in <c>/api/v2/</c>.</summary>
    public Uri RegistryAddress { get; }

    public RehearsalLog Log { get; }

    /// <summary>Starts on a free port of 127.0.0.1; it is answering when this returns.</summary>
    public static async Task<RehearsalServer> StartAsync(RehearsalCorpus corpus, RehearsalSettings settings, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.AddServerHeader = false;
            // Too long an address must reach us, to be refused as the real services refuse it.
            kestrel.Limits.MaxRequestLineSize = 1024 * 1024;
            kestrel.Limits.MaxRequestBufferSize = 2 * 1024 * 1024;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Patience);
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();

        var app = builder.Build();
        var log = new RehearsalLog();
        var stage = new NightStage(corpus);
        app.Use((context, next) => RecordAsync(context, next, stage, log, settings.Clock));
        app.Use(RefuseLongAddressesAsync);
        app.Use(new RateLimit(settings).PassAsync);
        foreach (var requestGate in settings.Gates)
        {
            app.Use((context, next) => requestGate(context, next));
        }

        var eutilities = new EUtilities(settings);
        var registry = new RegistryApi(settings);
        app.Run(context => EndpointNames.IsEUtilities(context.Request.Path.Value ?? "") ? eutilities.AnswerAsync(context) : registry.AnswerAsync(context));
        await app.StartAsync(cancellationToken);
        return new RehearsalServer(app, stage, log);
    }

    /// <summary>From now on requests are answered from this night; those under way end in theirs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The corpus has no such night.</exception>
    public void MoveTo(DateOnly night) => stage.MoveTo(night);

    /// <summary>Waits two seconds at most for requests under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static async Task RecordAsync(HttpContext context, RequestDelegate next, NightStage stage, RehearsalLog log, TimeProvider clock)
    {
        var began = clock.GetUtcNow();
        var request = stage.Enter(EndpointNames.Of(context.Request.Path.Value ?? ""));
        var body = new CountingStream(context.Response.Body);
        context.Features.Set(request);
        context.Response.Body = body;
        // Until the answer is whole it is a failure, as the server itself will tell the caller.
        var status = StatusCodes.Status500InternalServerError;
        try
        {
            await next(context);
            status = context.Response.StatusCode;
        }
        finally
        {
            log.Add(new RehearsedCall(request.Endpoint, began, request.Night, context.Response.HasStarted ? context.Response.StatusCode : status, body.Written) { Fault = request.Fault });
        }
    }

    private static Task RefuseLongAddressesAsync(HttpContext context, RequestDelegate next) =>
        (context.Features.Get<IHttpRequestFeature>()?.RawTarget.Length ?? 0) > AddressLimitBytes
            ? RehearsedAnswer.Html(StatusCodes.Status414UriTooLong, "Request-URI Too Large").SendAsync(context)
            : next(context);

    /// <summary>The stand-in lives as long as its caller says; signals to the process are the caller's own.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
