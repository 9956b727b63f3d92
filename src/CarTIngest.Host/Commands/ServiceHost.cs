using System.ComponentModel;
using CarTIngest.Host.Jobs;
using CarTIngest.Host.Nightly;
using CarTIngest.Host.People;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Web;
using Microsoft.Extensions.Hosting.Systemd;

namespace CarTIngest.Host.Commands;

/// <summary>The generic host with its web server, until it is told to stop.</summary>
internal static class ServiceHost
{
    /// <summary>Of the web server, after the jobs at work have ended: together under 25 seconds.</summary>
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(5);

    /// <summary>They would write a trace of the code before the sentence that says the same.</summary>
    private static readonly string[] SayWhyTheyDidNotStart = ["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"];

    /// <param name="announce">Told the address once pages are served.</param>
    /// <exception cref="SettingsException">Settings that cannot be used, or an address that is taken.</exception>
    public static async Task<int> RunAsync(IConfiguration configuration, ServeRole role, TimeProvider clock, PageAccess access, Action<string>? announce, CancellationToken cancellationToken)
    {
        var web = configuration.GetSection("Web").Get<WebOptions>() ?? new WebOptions();
        var started = false;
        await using var app = Build(configuration, role, access, clock, web, () => started);
        if (role != ServeRole.Web)
        {
            Composition.RequireAskable(app.Services);
        }

        if (role != ServeRole.Worker)
        {
            app.MapPages();
        }

        app.MapHealth();
        try
        {
            await app.StartAsync(cancellationToken);
            started = true;
        }
        catch (Exception taken) when (taken is IOException or Win32Exception)
        {
            // Taken, not this machine's, or not allowed to this user: the last two come as the system's own error.
            throw new SettingsException([$"Web:Urls is {web.Urls}: {taken.Message.TrimEnd('.')}. Choose another with --set Web:Urls=http://127.0.0.1:5081."]);
        }

        // Health answers from here on, pages from when the start is over: an upgrade of the store, or the wait for another process that is at one, may take minutes.
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Drain.Requested))
        {
            try
            {
                await PrepareAsync(app.Services, role, stop.Token);
            }
            catch (Exception stopped) when (stopped is OperationCanceledException or StoreUnusableException && Drain.IsRequested && !cancellationToken.IsCancellationRequested)
            {
                // Asked to end while it waited for its turn at the store.
                await app.StopAsync(CancellationToken.None);
                return ExitCode.Done;
            }
        }

        app.Services.GetRequiredService<StartUp>().Finish();
        if (role != ServeRole.Web)
        {
            JobsSetup.Start(app.Services);
        }

        var supervisor = new SystemdNotifier();
        supervisor.Notify(ServiceState.Ready);
        var metrics = app.Services.GetRequiredService<TelemetryOptions>().MetricsPort;
        (announce ?? (address => Console.Error.WriteLine($"CarTIngest listens on {address}. {Shows(role)}")))(string.Join(" ", app.Urls.Where(url => new Uri(url).Port != metrics)));
        var code = await ServiceEnd.OfAsync(app.Lifetime, clock, Drain.Requested, cancellationToken);
        supervisor.Notify(ServiceState.Stopping);
        if (role != ServeRole.Web)
        {
            await app.Services.GetRequiredService<JobServer>().StopAsync(CancellationToken.None);
        }

        await app.StopAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return code;
    }

    /// <summary>Brings the store up to date and all that is beside it.</summary>
    private static async Task PrepareAsync(IServiceProvider services, ServeRole role, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<StoreFactory>().MigrateAsync(cancellationToken);
        await JobsSetup.PrepareAsync(services, cancellationToken);
        if (role != ServeRole.Worker)
        {
            await PagesOpening.PrepareAsync(services, cancellationToken);
        }
    }

    private static WebApplication Build(IConfiguration configuration, ServeRole role, PageAccess access, TimeProvider clock, WebOptions web, Func<bool> started)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddConfiguration(configuration).AddInMemoryCollection(EnvironmentSettings.OfOpenTelemetry());
        builder.Logging.ClearProviders();
        Composition.ToStandardError(builder.Logging, configuration);
        Composition.Add(builder.Services, configuration, clock);
        var storage = configuration.GetSection("Storage").Get<StorageOptions>() ?? new StorageOptions();
        if (role != ServeRole.All && storage.Provider == StorageProvider.Sqlite)
        {
            throw new SettingsException(
            [
                $"serve --role {(role == ServeRole.Web ? "web" : "worker")}: with SQLite the service is one process. Start `cartingest serve` without --role, or give all processes one PostgreSQL by Storage:Provider=PostgreSql and Storage:ConnectionString.",
            ]);
        }

        var telemetry = configuration.GetSection("Telemetry").Get<TelemetryOptions>() ?? new TelemetryOptions();
        builder.Services.AddTelemetry(telemetry, builder.Configuration, ProductVersion.Text);
        builder.Services.AddHealth().AddJobs(storage, configuration.GetSection("Jobs").Get<JobsOptions>() ?? new JobsOptions());
        if (role != ServeRole.Web)
        {
            builder.Services.AddJobServer();
        }

        if (role != ServeRole.Worker)
        {
            builder.Services.AddPages(web, configuration.GetSection("People").Get<PeopleOptions>() ?? new PeopleOptions(), FrameOf(configuration, access));
        }

        // Signals are the process's own; the host stops when it is told.
        builder.Services.AddSingleton<IHostLifetime, NullLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestDrain);
        foreach (var category in SayWhyTheyDidNotStart)
        {
            builder.Logging.AddFilter(category, level => started() && level >= LogLevel.Warning);
        }

        builder.WebHost.UseUrls([.. web.Addresses, .. telemetry.MetricsUrl.Length > 0 ? [telemetry.MetricsUrl] : Array.Empty<string>()]);
        var app = builder.Build();
        app.UseMetrics(telemetry);
        return app;
    }

    private static PageFrame FrameOf(IConfiguration configuration, PageAccess access)
    {
        var schedule = configuration.GetSection("Schedule").Get<ScheduleOptions>() ?? new ScheduleOptions();
        return new PageFrame(schedule.Zone, schedule.NextAfter, access);
    }

    private static string Shows(ServeRole role) => role == ServeRole.Worker ? "A worker: health at /health/ready, and no pages." : "Status at /, jobs at /hangfire, health at /health/ready.";

    private sealed class NullLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
