namespace CarTIngest.Host.Web;

/// <summary>Section <c>Telemetry</c>. Where traces and metrics are sent by OTLP is OpenTelemetry's own: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and the like in the environment.</summary>
public sealed record TelemetryOptions
{
    /// <summary>An address that serves <c>/metrics</c> for Prometheus and nothing else, without a login: name one that the scraper alone can reach. Empty: none.</summary>
    public string MetricsUrl { get; init; } = "";

    /// <summary>Null where there is none.</summary>
    public int? MetricsPort => MetricsUrl.Length > 0 && Uri.TryCreate(Address, UriKind.Absolute, out var uri) ? uri.Port : null;

    public IReadOnlyList<string> Faults() =>
        MetricsUrl.Length == 0 || (Uri.TryCreate(Address, UriKind.Absolute, out var uri) && uri is { Scheme: "http", PathAndQuery: "/", Port: > 0 })
            ? []
            : [$"Telemetry:MetricsUrl is '{MetricsUrl}'; write an address and a port of its own, such as http://127.0.0.1:9464."];

    /// <summary>A wildcard host is an address to listen on and no Uri.</summary>
    private string Address => MetricsUrl.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
}
