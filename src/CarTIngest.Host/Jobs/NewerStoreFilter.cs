using CarTIngest.Host.Storage;
using Hangfire;
using Hangfire.Server;
using Hangfire.States;

namespace CarTIngest.Host.Jobs;

/// <summary>
/// Before each job: a worker that finds the store upgraded by a newer version does no job any more. It puts the job back for a newer worker, which is nobody's failure, and
/// takes no other.
/// </summary>
internal sealed class NewerStoreFilter(StoreFactory stores, IBackgroundJobClient jobs, Action<string> retire) : IServerFilter
{
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(1);

    public void OnPerforming(PerformingContext context)
    {
        if (stores.SaysIfNewer() is { } says)
        {
            jobs.Create(context.BackgroundJob.Job, new ScheduledState(Later));
            context.Canceled = true;
            retire(says);
        }
    }

    public void OnPerformed(PerformedContext context)
    {
    }
}
