using CarTIngest.Eligibility;
using CarTIngest.Host.Alerts;
using CarTIngest.Host.Jobs;
using CarTIngest.Host.Nightly;
using CarTIngest.Host.People;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Watchdog;
using CarTIngest.Host.Web;
using CarTIngest.Sources;
using CarTIngest.Sources.ClinicalTrials;
using CarTIngest.Sources.Http;
using CarTIngest.Sources.PubMed;
using Microsoft.Extensions.Logging.Console;

namespace CarTIngest.Host.Commands;

/// <summary>Puts the rooms together for one call. The order of the settings' faults is the order of the sections.</summary>
internal static class Composition
{
    private const string JsonLogs = "json";

    private static readonly string[] LogFormats = ["text", JsonLogs];

    /// <exception cref="SettingsException">Settings that cannot be used, all at once.</exception>
    /// <param name="last">What takes the place of something, after all is in.</param>
    public static ServiceProvider Build(IConfiguration configuration, TimeProvider? clock = null, Action<IServiceCollection>? last = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => ToStandardError(logging.AddConfiguration(configuration.GetSection("Logging")), configuration));
        Add(services, configuration, clock ?? TimeProvider.System);
        last?.Invoke(services);
        return services.BuildServiceProvider();
    }

    public static void Add(IServiceCollection services, IConfiguration configuration, TimeProvider clock)
    {
        var faults = KnownSettings.StrangeSections(configuration).ToList();
        if (configuration["Logging:Format"] is { Length: > 0 } format && !LogFormats.Contains(format, StringComparer.OrdinalIgnoreCase))
        {
            faults.Add($"Logging:Format is '{format}'; it may be {string.Join(" or ", LogFormats)}.");
        }

        var storage = Bind<StorageOptions>(configuration, "Storage", faults);
        var pubmed = Bind<PubMedOptions>(configuration, "Sources:PubMed", faults);
        var registry = Bind<ClinicalTrialsOptions>(configuration, "Sources:ClinicalTrials", faults);
        var http = Bind<HttpOptions>(configuration, "Http", faults);
        http = SharedPace(http, storage);
        var nightly = Bind<NightlyOptions>(configuration, "Nightly", faults);
        var schedule = Bind<ScheduleOptions>(configuration, "Schedule", faults);
        var web = Bind<WebOptions>(configuration, "Web", faults);
        var watchdog = Bind<WatchdogOptions>(configuration, "Watchdog", faults);
        var telemetry = Bind<TelemetryOptions>(configuration, "Telemetry", faults);
        var jobs = Bind<JobsOptions>(configuration, "Jobs", faults);
        var people = Bind<PeopleOptions>(configuration, "People", faults);
        var alerts = Bind<AlertsOptions>(configuration, "Alerts", faults);
        faults.AddRange(storage.Faults());
        faults.AddRange(pubmed.Faults().Select(fault => $"Sources:PubMed: {fault}"));
        faults.AddRange(registry.Faults().Select(fault => $"Sources:ClinicalTrials: {fault}"));
        faults.AddRange(http.Faults().Select(fault => $"Http: {fault}"));
        faults.AddRange(nightly.Faults().Select(fault => $"Nightly: {fault}"));
        faults.AddRange(schedule.Faults());
        faults.AddRange(web.Faults());
        faults.AddRange(watchdog.Faults().Select(fault => $"Watchdog: {fault}"));
        faults.AddRange(telemetry.Faults());
        faults.AddRange(jobs.Faults().Select(fault => $"Jobs: {fault}"));
        faults.AddRange(people.Faults());
        faults.AddRange(alerts.Faults());
        if (faults.Count > 0)
        {
            throw new SettingsException(faults);
        }

        services.AddSingleton(clock).AddSingleton(schedule).AddSingleton(jobs).AddSingleton(pubmed).AddSingleton(telemetry)
            .AddStorage(storage, ThisProcess.AsHolder())
            .AddPeople(people)
            .AddAlerts(alerts, new AlertsPlace(web.SeenFrom, schedule.Zone) { Machine = Environment.MachineName })
            .AddSources(pubmed, registry, http, ReviewFolder(configuration))
            .AddNightly(nightly, () => ReviewRulebook.Read(ReviewFolder(configuration)), () => ReviewProtocol.Read(configuration))
            .AddWatchdog(watchdog, provider => new WatchedPlaces([.. provider.GetRequiredService<IReadOnlyList<AskedSource>>().Select(asked => asked.Name)], WrittenFolders(storage, alerts), Environment.MachineName));
    }

    /// <summary>For verbs that ask the sources: refuses settings with which the real services should not be asked.</summary>
    /// <exception cref="SettingsException">What the services want to be told first.</exception>
    /// <exception cref="BrokenRulebookException">The review's rulebook cannot be used.</exception>
    public static void RequireAskable(IServiceProvider services)
    {
        // A night asks and then judges: with a rulebook that cannot be read it does not begin.
        services.GetRequiredService<Rulebook>();
        if (services.GetRequiredService<PubMedOptions>().FaultsBeforeAsking() is { Count: > 0 } faults)
        {
            throw new SettingsException([.. faults.Select(fault => $"Sources:PubMed: {fault}")]);
        }
    }

    /// <summary>Answers go to stdout alone; logs, warnings and progress to stderr.</summary>
    public static void ToStandardError(ILoggingBuilder logging, IConfiguration configuration)
    {
        if (string.Equals(configuration["Logging:Format"], JsonLogs, StringComparison.OrdinalIgnoreCase))
        {
            // For programs: an event a line, with its names, its run, and the trace that it belongs to.
            logging.AddJsonConsole(json =>
            {
                (json.IncludeScopes, json.UseUtcTimestamp, json.TimestampFormat) = (true, true, "O");
                json.JsonWriterOptions = json.JsonWriterOptions with { Indented = false };
            });
        }
        else
        {
            logging.AddConsole(console => console.FormatterName = PlainLines.FormatterName).AddConsoleFormatter<PlainLines, ConsoleFormatterOptions>();
        }

        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    public static string ReviewFolder(IConfiguration configuration) =>
        configuration["Review:Folder"] is { Length: > 0 } folder ? folder : Path.Combine(AppContext.BaseDirectory, "Review");

    /// <summary>All who work on a store come by its file, whoever they are and wherever they keep temporary files.</summary>
    private static HttpOptions SharedPace(HttpOptions http, StorageOptions storage)
    {
        try
        {
            return storage.FileOfSqlite() is { } file ? http.MeetingAt(Path.GetFullPath(file)) : http with { PaceFolder = http.PaceFolder ?? OwnFolder() };
        }
        catch (ArgumentException)
        {
            // Such a store is refused, in words, when it is opened.
            return http;
        }
    }

    /// <summary>Among temporary files, and no other user's to write to.</summary>
    private static string OwnFolder()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"cartingest-{Environment.UserName}");
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            return folder;
        }
        catch (Exception notHere) when (notHere is IOException or UnauthorizedAccessException)
        {
            // Each process keeps a pace of its own then.
            return "";
        }
    }

    /// <summary>Where this machine writes.</summary>
    private static IReadOnlyList<string> WrittenFolders(StorageOptions storage, AlertsOptions alerts) =>
    [
        storage.FileOfSqlite() is { } file ? Path.GetDirectoryName(Path.GetFullPath(file)) ?? "." : ".",
        .. alerts.Transport == AlertTransport.Spool ? [alerts.Spool.Folder] : Array.Empty<string>(),
    ];

    private static T Bind<T>(IConfiguration configuration, string section, List<string> faults)
        where T : new()
    {
        faults.AddRange(KnownSettings.StrangeKeys<T>(configuration.GetSection(section)));
        try
        {
            return configuration.GetSection(section).Get<T>() ?? new T();
        }
        catch (InvalidOperationException misfit)
        {
            faults.Add($"{misfit.Message}{(misfit.InnerException is { } inner ? $" {inner.Message}" : "")}");
            return new T();
        }
    }
}
