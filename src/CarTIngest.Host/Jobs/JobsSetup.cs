using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using Hangfire;
using Hangfire.InMemory;

namespace CarTIngest.Host.Jobs;

public static class JobsSetup
{
    /// <summary>Hangfire in memory: it is the clock and the dashboard. What must not be forgotten (nights, records, watermarks) is in the store.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddSingleton<NightJob>()
        .AddHangfire(hangfire => hangfire
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseInMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromDays(7) }))
        .AddHangfireServer(server =>
        {
            server.WorkerCount = 1;
            server.ShutdownTimeout = TimeSpan.FromSeconds(20);
        });

    /// <summary>The one recurring night, and a first one now when the store has seen none.</summary>
    public static async Task ScheduleAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var schedule = services.GetRequiredService<ScheduleOptions>();
        var begins = schedule.Begins;
        services.GetRequiredService<IRecurringJobManager>().AddOrUpdate<NightJob>(
            NightJob.RecurringId, job => job.RunAsync(CancellationToken.None), Cron.Daily(begins.Hour, begins.Minute), new RecurringJobOptions { TimeZone = schedule.Zone });
        var status = await services.GetRequiredService<StoreStatus>().ReadAsync(1, cancellationToken);
        if (status.Runs.Count == 0)
        {
            services.GetRequiredService<IBackgroundJobClient>().Enqueue<NightJob>(job => job.RunAsync(CancellationToken.None));
        }
    }
}
