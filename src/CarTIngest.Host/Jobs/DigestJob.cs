using CarTIngest.Host.Alerts;
using Hangfire;

namespace CarTIngest.Host.Jobs;

/// <summary>Writes the digests that are due; nothing when none is. Every few minutes, for what is due is told by the ledger.</summary>
public sealed class DigestJob(DigestDesk desk)
{
    [AutomaticRetry(Attempts = 0)]
    [DisableConcurrentExecution(timeoutInSeconds: 10)]
    public Task RunAsync(CancellationToken cancellationToken) => desk.WriteAsync(cancellationToken);
}
