using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using Hangfire;

namespace CarTIngest.Host.Jobs;

/// <summary>The scheduled night. It says when, never what: the work is <see cref="NightlyRun"/>. Without arguments, for the night is told by the clock.</summary>
public sealed class NightJob(NightlyRun nights, StoreFactory stores, ScheduleOptions schedule, TimeProvider clock)
{
    public const string RecurringId = "night";

    /// <exception cref="NightIncompleteException">So that the dashboard shows red. Nothing is tried again here: the next night begins where the last complete one ended.</exception>
    [AutomaticRetry(Attempts = 0)]
    [DisableConcurrentExecution(timeoutInSeconds: 10)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await stores.MigrateAsync(cancellationToken);
        await nights.RunToTheEndAsync(new NightRequest(schedule.NightOf(clock.GetUtcNow())), cancellationToken);
    }
}
