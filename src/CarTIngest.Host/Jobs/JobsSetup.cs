using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using Hangfire;
using Hangfire.Storage;

namespace CarTIngest.Host.Jobs;

public static class JobsSetup
{
    /// <summary>The client: whoever serves pages may look at jobs and give some; a worker does them.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, StorageOptions storage, JobsOptions jobs) => services
        .AddSingleton<JobStorage>(_ => JobStorageSetup.Of(storage, jobs))
        .AddHangfire((provider, hangfire) => hangfire
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseStorage(provider.GetRequiredService<JobStorage>()));

    /// <summary>What a worker has beside the client.</summary>
    public static IServiceCollection AddJobServer(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<JobServerHealth>("jobs");
        return services
            .AddSingleton<NightJob>()
            .AddSingleton<DueJob>()
            .AddSingleton<RejudgeJob>()
            .AddSingleton<PruneJob>()
            .AddSingleton<WatchdogJob>()
            .AddSingleton<JobServer>();
    }

    /// <summary>Makes what Hangfire needs in the database.</summary>
    public static Task PrepareAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        JobStorageSetup.PrepareAsync(services.GetRequiredService<StorageOptions>(), cancellationToken);

    /// <summary>Writes the schedule down as it is now, looks once what was missed, and begins to take jobs.</summary>
    public static void Start(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var lines = Schedule.Of(services.GetRequiredService<ScheduleOptions>(), services.GetRequiredService<IReadOnlyList<AskedSource>>().Select(source => source.Name));
        var recurring = services.GetRequiredService<IRecurringJobManager>();
        foreach (var line in lines)
        {
            recurring.AddOrUpdate(line.Id, line.Call, line.Cron, new RecurringJobOptions { TimeZone = line.Zone });
        }

        using var connection = services.GetRequiredService<JobStorage>().GetConnection();
        foreach (var gone in connection.GetRecurringJobs().Select(job => job.Id).Except(lines.Select(line => line.Id), StringComparer.Ordinal))
        {
            recurring.RemoveIfExists(gone);
        }

        services.GetRequiredService<IBackgroundJobClient>().Enqueue<DueJob>(job => job.RunAsync(CancellationToken.None));
        services.GetRequiredService<JobServer>().Start();
    }
}
