using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CarTIngest.Host.Web;

/// <summary>Whether all that is done once at a start is done.</summary>
public sealed class StartUp : IHealthCheck
{
    private volatile bool over;

    public void IsOver() => over = true;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(over ? HealthCheckResult.Healthy("It has started.") : HealthCheckResult.Unhealthy("It is starting."));
}
