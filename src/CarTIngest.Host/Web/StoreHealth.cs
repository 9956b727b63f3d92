using CarTIngest.Host.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CarTIngest.Host.Web;

/// <summary>Whether the store opens and is of this version.</summary>
internal sealed class StoreHealth(StoreFactory stores, StartUp start) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        if (!start.IsDone)
        {
            // Whoever upgrades it holds locks, for which a probe would wait.
            return HealthCheckResult.Unhealthy("The store is being brought up to date.");
        }

        try
        {
            await stores.RequireAsync(cancellationToken);
            return stores.SaysIfNewer() is { } newer ? HealthCheckResult.Unhealthy(newer) : HealthCheckResult.Healthy("The store opens and is of this version.");
        }
        catch (StoreUnusableException unusable)
        {
            return HealthCheckResult.Unhealthy(unusable.Message);
        }
        catch (SystemException failure) when (StoreFailure.Says(failure) is { } says)
        {
            return HealthCheckResult.Unhealthy(says);
        }
    }
}
