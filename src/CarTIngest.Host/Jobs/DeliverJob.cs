using CarTIngest.Host.Alerts;
using Hangfire;

namespace CarTIngest.Host.Jobs;

/// <summary>Hands over what the outbox holds and is due. Every minute; what fails waits for its own time.</summary>
public sealed class DeliverJob(Courier courier)
{
    /// <exception cref="DeliveryFailedException">A way out fails, so that the dashboard shows red. No message is lost by it.</exception>
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var done = await courier.RunAsync(cancellationToken);
        if (done.Faults.Count > 0)
        {
            throw new DeliveryFailedException(string.Join(" ", done.Faults));
        }
    }
}

/// <summary>Messages wait because a way out fails. They are handed over when it works again.</summary>
public sealed class DeliveryFailedException(string says) : Exception(says);
