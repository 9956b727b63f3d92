using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;

namespace CarTIngest.Host.Jobs;

public static class JobsSetup
{
    /// <summary>
    /// Hangfire is the clock and the dashboard: in memory beside SQLite, in the same database on PostgreSQL. What must not be forgotten (nights, records,
    /// watermarks) is in the store either way.
    /// </summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, StorageOptions storage) => services
        .AddSingleton<NightJob>()
        .AddSingleton<DigestJob>()
        .AddSingleton<DeliverJob>()
        .AddHangfire(hangfire => hangfire
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseStorageOf(storage))
        .AddHangfireServer(server =>
        {
            server.WorkerCount = 1;
            server.ShutdownTimeout = TimeSpan.FromSeconds(20);
        });

    private static void UseStorageOf(this IGlobalConfiguration hangfire, StorageOptions storage)
    {
        if (storage.Provider == StorageProvider.Sqlite)
        {
            hangfire.UseInMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromDays(7) });
            return;
        }

        // A night outlives the fixed time-out of half an hour, after which another worker would begin it again.
        hangfire.UsePostgreSqlStorage(
            database => database.UseNpgsqlConnection(storage.ConnectionString), new PostgreSqlStorageOptions { UseSlidingInvisibilityTimeout = true });
    }

    /// <summary>The one recurring night, and one now when the last that was due is not complete for both sources: the first of all, or one missed while the service was down.</summary>
    public static async Task ScheduleAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var schedule = services.GetRequiredService<ScheduleOptions>();
        var begins = schedule.Begins;
        services.GetRequiredService<IRecurringJobManager>().AddOrUpdate<NightJob>(
            NightJob.RecurringId, job => job.RunAsync(CancellationToken.None), Cron.Daily(begins.Hour, begins.Minute), new RecurringJobOptions { TimeZone = schedule.Zone });
        services.GetRequiredService<IRecurringJobManager>().AddOrUpdate<DigestJob>("digests", job => job.RunAsync(CancellationToken.None), "*/5 * * * *");
        services.GetRequiredService<IRecurringJobManager>().AddOrUpdate<DeliverJob>("deliver", job => job.RunAsync(CancellationToken.None), Cron.Minutely());
        var status = await services.GetRequiredService<StoreStatus>().ReadAsync(1, cancellationToken);
        var due = schedule.LastDue(services.GetRequiredService<TimeProvider>().GetUtcNow());
        if (services.GetRequiredService<IReadOnlyList<AskedSource>>().Any(asked => !status.Watermarks.TryGetValue(asked.Name, out var mark) || mark < due))
        {
            services.GetRequiredService<IBackgroundJobClient>().Enqueue<NightJob>(job => job.RunAsync(CancellationToken.None));
        }
    }
}
