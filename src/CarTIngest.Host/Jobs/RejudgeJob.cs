using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using Hangfire;

namespace CarTIngest.Host.Jobs;

/// <summary>Sees that a rulebook which came into force judges soon, and not only at the next night.</summary>
public sealed partial class RejudgeJob(Rejudging rejudging, ILogger<RejudgeJob> log)
{
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await rejudging.RunAsync(cancellationToken);
        }
        catch (Exception another) when (another is LeaseHeldException or LeaseLostException)
        {
            Waits(another.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Judging again waits: {Says}")]
    private partial void Waits(string says);
}
