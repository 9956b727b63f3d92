using CarTIngest.Host.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CarTIngest.Host.Web;

/// <summary>Whether the store opens and is of this version.</summary>
internal sealed class StoreHealth(StoreFactory stores) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        try
        {
            await stores.RequireAsync(cancellationToken);
            return stores.SaysIfNewer() is { } newer ? HealthCheckResult.Unhealthy(newer) : HealthCheckResult.Healthy("The store opens and is of this version.");
        }
        catch (StoreUnusableException unusable)
        {
            return HealthCheckResult.Unhealthy(unusable.Message);
        }
    }
}
