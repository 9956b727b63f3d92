namespace CarTIngest.Host.Web;

/// <summary>Section <c>Telemetry</c>. Where traces and metrics are sent by OTLP is OpenTelemetry's own: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and the like in the environment.</summary>
public sealed record TelemetryOptions
{
    /// <summary>An address that serves <c>/metrics</c> for Prometheus and nothing else, without a login: name one that the scraper alone can reach. Empty: none.</summary>
    public string MetricsUrl { get; init; } = "";

    /// <summary>Null where there is none.</summary>
    public int? MetricsPort => ListenAddress.Of(MetricsUrl)?.Port;

    public IReadOnlyList<string> Faults() => MetricsUrl.Length == 0 || MetricsPort > 0
        ? []
        : [$"Telemetry:MetricsUrl is '{MetricsUrl}'; write an address and a port of its own, such as http://127.0.0.1:9464."];
}
