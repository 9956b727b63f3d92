using System.ComponentModel;
using CarTIngest.Host.Jobs;
using CarTIngest.Host.Nightly;
using CarTIngest.Host.People;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Web;

namespace CarTIngest.Host.Commands;

/// <summary>The generic host with its web server, until it is told to stop.</summary>
internal static class ServiceHost
{
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(25);

    /// <summary>They would write a trace of the code before the sentence that says the same.</summary>
    private static readonly string[] SayWhyTheyDidNotStart = ["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"];

    /// <param name="announce">Told the address once pages are served.</param>
    /// <exception cref="SettingsException">Settings that cannot be used, or an address that is taken.</exception>
    public static async Task<int> RunAsync(IConfiguration configuration, TimeProvider clock, PageAccess access, Action<string>? announce, CancellationToken cancellationToken)
    {
        var web = configuration.GetSection("Web").Get<WebOptions>() ?? new WebOptions();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddConfiguration(configuration);
        builder.Logging.ClearProviders();
        Composition.ToStandardError(builder.Logging);
        Composition.Add(builder.Services, configuration, clock);
        builder.Services.AddPages(web, configuration.GetSection("People").Get<PeopleOptions>() ?? new PeopleOptions(), FrameOf(configuration, access));
        builder.Services.AddJobs(configuration.GetSection("Storage").Get<StorageOptions>() ?? new StorageOptions());
        // Signals are the process's own; the host stops when it is told.
        builder.Services.AddSingleton<IHostLifetime, NullLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestDrain);
        var started = false;
        foreach (var category in SayWhyTheyDidNotStart)
        {
            builder.Logging.AddFilter(category, level => started && level >= LogLevel.Warning);
        }

        builder.WebHost.UseUrls([.. web.Addresses]);
        await using var app = builder.Build();
        Composition.RequireAskable(app.Services);
        app.MapPages();
        app.MapGet("/health/live", () => Results.Text("alive")).OpenToProbes();
        await app.Services.GetRequiredService<StoreFactory>().MigrateAsync(cancellationToken);
        await PagesOpening.PrepareAsync(app.Services, cancellationToken);
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

        await JobsSetup.ScheduleAsync(app.Services, cancellationToken);
        (announce ?? (address => Console.Error.WriteLine(
            $"CarTIngest listens on {address}. Status at /, jobs at /hangfire, health at /health/live.")))(string.Join(" ", app.Urls));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Drain.Requested);
        await Task.Delay(Timeout.InfiniteTimeSpan, clock, end.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await app.StopAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return ExitCode.Done;
    }

    private static PageFrame FrameOf(IConfiguration configuration, PageAccess access)
    {
        var schedule = configuration.GetSection("Schedule").Get<ScheduleOptions>() ?? new ScheduleOptions();
        return new PageFrame(schedule.Zone, now => schedule.BeginningOf(schedule.LastDue(now).AddDays(1)), access);
    }

    private sealed class NullLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
