using CarTIngest.Host.Alerts;
using Hangfire;

namespace CarTIngest.Host.Jobs;

/// <summary>Writes the digests that are due; nothing when none is. Every few minutes, for what is due is told by the ledger. Two at once write each message once: who moves a recipient's mark writes, and a message's key is of what it tells.</summary>
public sealed class DigestJob(DigestDesk desk)
{
    [AutomaticRetry(Attempts = 0)]
    public Task RunAsync(CancellationToken cancellationToken) => desk.WriteAsync(cancellationToken);
}
