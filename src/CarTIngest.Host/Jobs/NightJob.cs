using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using Hangfire;

namespace CarTIngest.Host.Jobs;

/// <summary>A source's scheduled night. It says when, never what: the work is <see cref="ScheduledNight"/>, which makes a night once, however often it is asked.</summary>
public sealed partial class NightJob(ScheduledNight nights, IBackgroundJobClient jobs, ILogger<NightJob> log)
{
    /// <summary>All sources are due at one hour, and the first's night mostly takes less than a minute.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(15);

    /// <exception cref="NightIncompleteException">So that the dashboard shows red. Nothing is tried again here: the next night begins where the last complete one ended.</exception>
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(string source, CancellationToken cancellationToken)
    {
        try
        {
            await nights.RunAsync(source, cancellationToken);
        }
        catch (LeaseHeldException)
        {
            // The other source's night, or a person's run or import.
            jobs.Schedule<NightJob>(job => job.RunAsync(source, CancellationToken.None), Later);
            PutOff(source, Later.TotalSeconds);
        }
        catch (LeaseLostException lost)
        {
            // Whoever took over makes the night, or DueJob finds that nobody did.
            GaveUp(source, lost.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The night of {Source} is put off by {Seconds} seconds: another is at work on the store.")]
    private partial void PutOff(string source, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The night of {Source} is left to another: {Says}")]
    private partial void GaveUp(string source, string says);
}
