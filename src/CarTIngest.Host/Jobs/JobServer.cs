using CarTIngest.Host.Storage;
using Hangfire;
using Hangfire.Common;

namespace CarTIngest.Host.Jobs;

/// <summary>Takes jobs and does them, from its start until it is stopped or finds the store upgraded by a newer version.</summary>
public sealed partial class JobServer(JobStorage storage, JobActivator activator, IBackgroundJobClient jobs, StoreFactory stores, JobsOptions options, ILogger<JobServer> log) : IAsyncDisposable
{
    /// <summary>A job that is told to end does so at its next safe point; one that has none by then is begun again by another worker.</summary>
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan LookForPutOff = TimeSpan.FromSeconds(5);

    private BackgroundJobServer? server;
    private string? retired;
    private bool stopping;

    /// <summary>Why no jobs are taken; null while they are.</summary>
    public string? WhyIdle => retired ?? (server is null ? "It has not started yet." : stopping ? "It is told to end." : null);

    public void Start()
    {
        var filters = new JobFilterCollection { new NewerStoreFilter(stores, jobs, Retire) };
        server = new BackgroundJobServer(
            new BackgroundJobServerOptions
            {
                WorkerCount = options.Workers,
                ShutdownTimeout = LongestDrain,
                SchedulePollingInterval = LookForPutOff,
                Activator = activator,
                FilterProvider = new JobFilterProviderCollection(GlobalJobFilters.Filters, new JobFilterAttributeFilterProvider(), filters),
            },
            storage);
    }

    /// <summary>Takes no more jobs and waits for those at work, which are told to end.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        stopping = true;
        if (server is not null)
        {
            server.SendStop();
            await server.WaitForShutdownAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        server?.Dispose();
    }

    private void Retire(string says)
    {
        if (Interlocked.CompareExchange(ref retired, says, null) is null)
        {
            Retired(says);
            server?.SendStop();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Says} This worker takes no more jobs; what it was given waits for a newer one.")]
    private partial void Retired(string says);
}
