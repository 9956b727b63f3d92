using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CarTIngest.Host.Jobs;

/// <summary>Whether this worker takes jobs.</summary>
public sealed class JobServerHealth(JobServer server) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(server.WhyIdle is { } why ? HealthCheckResult.Unhealthy(why) : HealthCheckResult.Healthy("Jobs are taken."));
}
