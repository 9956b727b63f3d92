using CarTIngest.Host.Watchdog;
using Hangfire;

namespace CarTIngest.Host.Jobs;

/// <summary>Looks whether anything is silent, late or out of its band. What it finds stands in the store; the job itself is red only when it could not look. Two at once write each alarm and each message once.</summary>
public sealed class WatchdogJob(WatchdogRound round)
{
    [AutomaticRetry(Attempts = 0)]
    public Task RunAsync(CancellationToken cancellationToken) => round.LookAsync(cancellationToken);
}
