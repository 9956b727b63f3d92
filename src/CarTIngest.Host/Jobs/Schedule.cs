using CarTIngest.Host.Nightly;
using Hangfire;

namespace CarTIngest.Host.Jobs;

/// <summary>
/// Every recurring job, a line each: its name, when, by whose clock, and what is called. What is not named here never runs, and a worker that starts takes away
/// what an older version had named.
/// </summary>
public static class Schedule
{
    private const string EveryMinute = "* * * * *";
    private const string EveryFiveMinutes = "*/5 * * * *";

    /// <param name="sources">Their names; each has a night of its own.</param>
    public static IReadOnlyList<ScheduleLine> Of(ScheduleOptions options, IEnumerable<string> sources)
    {
        ArgumentNullException.ThrowIfNull(options);
        return
        [
            .. sources.Select(source => ScheduleLine.Of<NightJob>($"night-{source}", CronOf(options.Begins), options.Zone, job => job.RunAsync(source, CancellationToken.None))),
            ScheduleLine.Of<DueJob>("due", EveryMinute, TimeZoneInfo.Utc, job => job.RunAsync(CancellationToken.None)),
            ScheduleLine.Of<RejudgeJob>("rejudge", EveryFiveMinutes, TimeZoneInfo.Utc, job => job.RunAsync(CancellationToken.None)),
            ScheduleLine.Of<WatchdogJob>("watchdog", EveryFiveMinutes, TimeZoneInfo.Utc, job => job.RunAsync(CancellationToken.None)),
            // In the middle of the day: a night is then over in all likelihood.
            ScheduleLine.Of<PruneJob>("prune", CronOf(new TimeOnly(12, 15)), options.Zone, job => job.RunAsync(CancellationToken.None)),
        ];
    }

    private static string CronOf(TimeOnly time) => Cron.Daily(time.Hour, time.Minute);
}
