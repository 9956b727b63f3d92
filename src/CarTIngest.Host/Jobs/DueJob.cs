using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using Hangfire;

namespace CarTIngest.Host.Jobs;

/// <summary>
/// Looks whether a night was due and nobody made it: the service was down at its hour, or whoever was at it died. Many missed nights are one, for a census asks
/// for everything that there is now. At every start, and every minute.
/// </summary>
public sealed partial class DueJob(ScheduledNight nights, Leases leases, IReadOnlyList<AskedSource> sources, IBackgroundJobClient jobs, ILogger<DueJob> log)
{
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Whoever is at work may be at this very night; there is another look in a minute.
        if (await leases.IsHeldAsync(Leases.Night, cancellationToken))
        {
            return;
        }

        foreach (var source in sources.Select(asked => asked.Name))
        {
            if (await nights.DueAsync(source, cancellationToken) is { } night)
            {
                CatchesUp(source, night);
                jobs.Enqueue<NightJob>(job => job.RunAsync(source, CancellationToken.None));
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The night of {Source} that was due on {Night:yyyy-MM-dd} is not made: it is made now.")]
    private partial void CatchesUp(string source, DateOnly night);
}
