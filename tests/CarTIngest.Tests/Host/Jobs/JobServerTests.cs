using CarTIngest.Host.Jobs;
using CarTIngest.Host.Storage;
using Hangfire;
using Hangfire.InMemory;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;

namespace CarTIngest.Tests.Host.Jobs;

/// <summary>A worker with a real scheduler in memory.</summary>
public sealed class JobServerTests : IAsyncLifetime, IDisposable
{
    private readonly TestStore store = new();
    private readonly InMemoryStorage book = new();

    public Task InitializeAsync() => store.Stores.MigrateAsync(CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        book.Dispose();
        store.Dispose();
    }

    [Fact]
    public async Task Takes_jobs_from_its_start_to_its_end_and_is_ready_in_between()
    {
        await using var server = Server();
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(server));
        server.Start();
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(server));

        Enqueue();
        await Eventually.IsAsync(() => Task.FromResult(book.GetMonitoringApi().SucceededListCount() == 1));

        await server.StopAsync(CancellationToken.None);
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(server));
    }

    [Fact]
    public async Task One_that_finds_the_store_upgraded_puts_the_job_back_and_takes_no_more()
    {
        await using (var context = store.Stores.Open())
        {
            await context.Database.ExecuteSqlRawAsync("""INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Later', '99.0.0')""");
        }

        await using var server = Server();
        server.Start();
        Enqueue();
        await Eventually.IsAsync(() => Task.FromResult(server.WhyIdle is not null));

        Assert.Contains("newer version", server.WhyIdle, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(server));
        Enqueue();
        await server.StopAsync(CancellationToken.None);
        var jobs = book.GetMonitoringApi();
        Assert.Equal((1, 1, 0), (jobs.ScheduledCount(), jobs.EnqueuedCount("default"), jobs.FailedCount()));
        Assert.Equal(typeof(PruneJob), Assert.Single(jobs.ScheduledJobs(0, 10)).Value.Job.Type);
    }

    private void Enqueue() => new BackgroundJobClient(book).Enqueue<PruneJob>(job => job.RunAsync(CancellationToken.None));

    private JobServer Server() => new(book, new PruningActivator(store.Stores), new BackgroundJobClient(book), store.Stores, new JobsOptions { Workers = 1 }, NullLogger<JobServer>.Instance);

    private static async Task<HealthStatus> HealthAsync(JobServer server) => (await new JobServerHealth(server).CheckHealthAsync(new HealthCheckContext(), CancellationToken.None)).Status;

    private sealed class PruningActivator(StoreFactory stores) : JobActivator
    {
        public override object ActivateJob(Type jobType) => new PruneJob(new Pruning(stores, TimeProvider.System), NullLogger<PruneJob>.Instance);
    }
}
