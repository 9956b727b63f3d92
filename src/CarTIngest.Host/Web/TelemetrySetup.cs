using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CarTIngest.Host.Web;

internal static class TelemetrySetup
{
    private const string Metrics = "/metrics";

    /// <summary>Where OTLP is to be sent, in OpenTelemetry's own words.</summary>
    private static readonly string[] OtlpEndpoints = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    /// <summary>Traces: a span a stage, a request, a page. Metrics: what nights did, what the store holds, requests and their tries, the process. Both go out only where the settings say.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, TelemetryOptions options, IConfiguration configuration, string version)
    {
        var otlp = OtlpEndpoints.Any(name => configuration[name] is { Length: > 0 });
        if (!otlp && options.MetricsPort is null)
        {
            return services;
        }

        services.AddHostedService<StoreGauges>();
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("cartingest", serviceVersion: version)).WithMetrics(metrics =>
        {
            // HttpClient's and Polly's own meters tell upstream statuses and tries.
            metrics.AddMeter("CarTIngest.*", "System.Net.Http", "Polly", "Microsoft.AspNetCore.Hosting", "Npgsql").AddRuntimeInstrumentation();
            _ = otlp ? metrics.AddOtlpExporter() : metrics;
            _ = options.MetricsPort is null ? metrics : metrics.AddPrometheusExporter();
        });
        if (otlp)
        {
            telemetry.WithTracing(tracing => tracing
                .AddSource("CarTIngest.*", "System.Net.Http")
                .AddAspNetCoreInstrumentation(pages => pages.Filter = context => !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
                .AddOtlpExporter());
        }

        return services;
    }

    /// <summary>Before all other middleware: on the port of the metrics there is nothing else, and on no other port are they.</summary>
    public static void UseMetrics(this WebApplication app, TelemetryOptions options)
    {
        if (options.MetricsPort is not { } port)
        {
            return;
        }

        app.Use((context, next) =>
        {
            // As wide as the exporter's own way of telling.
            var isMetrics = context.Request.Path.StartsWithSegments(Metrics, StringComparison.OrdinalIgnoreCase);
            if (isMetrics == (context.Connection.LocalPort == port))
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        app.UseOpenTelemetryPrometheusScrapingEndpoint(Metrics);
    }
}
