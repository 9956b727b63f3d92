using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CarTIngest.Host.Web;

/// <summary>Whether all that is done once at a start is done, the store brought up to date above all.</summary>
public sealed class StartUp : IHealthCheck
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsDone => done.Task.IsCompleted;

    public void Finish() => done.TrySetResult();

    /// <summary>For what is started with the web server and needs the store.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => done.Task.WaitAsync(cancellationToken);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(IsDone ? HealthCheckResult.Healthy("It has started.") : HealthCheckResult.Unhealthy("It is starting."));
}
