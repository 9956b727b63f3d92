using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace CarTIngest.Sources.Http;

/// <summary>Registers the way out to a source.</summary>
public static class SourceHttpSetup
{
    /// <summary>
    /// Adds a keyed singleton <see cref="SourceHttp"/> under the source's name, with one pace and one circuit for all its callers.
    /// A <see cref="TimeProvider"/> that is registered drives them all; else the system's.
    /// </summary>
    /// <param name="source">pubmed, clinicaltrials.</param>
    /// <param name="limits">Read once, when the source is first asked for.</param>
    public static IServiceCollection AddSourceHttp(this IServiceCollection services, string source, Func<IServiceProvider, HttpLimits> limits)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentNullException.ThrowIfNull(limits);
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddKeyedSingleton(source, (provider, _) => limits(provider));
        services.AddKeyedSingleton(source, (_, _) => new Traffic());
        services.AddKeyedSingleton(source, (provider, _) =>
        {
            var (limits, clock) = (provider.GetRequiredKeyedService<HttpLimits>(source), provider.GetRequiredService<TimeProvider>());
            return new PacingLimiter(limits.RequestsPerSecond, clock, limits.PaceFile is { } file ? new PaceFile(file, limits.PaceMeetingPlace, clock) : null);
        });

        var client = services.AddHttpClient(source, http => http.Timeout = Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
                handler.AutomaticDecompression = DecompressionMethods.None;
                handler.PlaintextStreamFilter = (context, _) => ValueTask.FromResult<Stream>(new SingleTryStream(context.PlaintextStream));
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
                handler.ConnectTimeout = TimeSpan.FromSeconds(15);
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        client.AddResilienceHandler("source", (builder, context) =>
        {
            var provider = context.ServiceProvider;
            builder.TimeProvider = provider.GetRequiredService<TimeProvider>();
            SourcePipeline.Build(
                builder,
                source,
                provider.GetRequiredKeyedService<HttpLimits>(source),
                provider.GetRequiredKeyedService<PacingLimiter>(source),
                provider.GetRequiredService<ILoggerFactory>().CreateLogger("CarTIngest.Sources.Http"));
        });
        client.AddHttpMessageHandler(provider => new WholeAnswerHandler(
            provider.GetRequiredKeyedService<HttpLimits>(source),
            provider.GetRequiredKeyedService<PacingLimiter>(source),
            provider.GetRequiredKeyedService<Traffic>(source),
            provider.GetRequiredService<TimeProvider>()));

        return services.AddKeyedSingleton<SourceHttp>(source, (provider, _) => new ResilientHttp(
            source,
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(source),
            provider.GetRequiredKeyedService<Traffic>(source)));
    }
}
