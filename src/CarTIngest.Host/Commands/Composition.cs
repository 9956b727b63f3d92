using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Sources;
using Microsoft.Extensions.Logging.Console;

namespace CarTIngest.Host.Commands;

/// <summary>Puts the rooms together for one call. The order of the settings' faults is the order of the sections.</summary>
internal static class Composition
{
    /// <exception cref="SettingsException">Settings that cannot be used, all at once.</exception>
    public static ServiceProvider Build(IConfiguration configuration, TimeProvider? clock = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => ToStandardError(logging.AddConfiguration(configuration.GetSection("Logging"))));
        Add(services, configuration, clock ?? TimeProvider.System);
        return services.BuildServiceProvider();
    }

    public static void Add(IServiceCollection services, IConfiguration configuration, TimeProvider clock)
    {
        var faults = new List<string>();
        var storage = Bind<StorageOptions>(configuration, "Storage", faults);
        var sources = Bind<SourcesOptions>(configuration, "Sources", faults) with { Http = Bind<HttpOptions>(configuration, "Http", faults) };
        var nightly = Bind<NightlyOptions>(configuration, "Nightly", faults);
        var schedule = Bind<ScheduleOptions>(configuration, "Schedule", faults);
        faults.AddRange(sources.Faults());
        faults.AddRange(schedule.Faults());
        if (faults.Count > 0)
        {
            throw new SettingsException(faults);
        }

        services.AddSingleton(clock).AddSingleton(schedule).AddStorage(storage).AddSources(sources, ReviewFolder(configuration)).AddNightly(nightly);
    }

    /// <summary>Answers go to stdout alone; logs, warnings and progress to stderr.</summary>
    public static void ToStandardError(ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    public static string ReviewFolder(IConfiguration configuration) =>
        configuration["Review:Folder"] is { Length: > 0 } folder ? folder : Path.Combine(AppContext.BaseDirectory, "Review");

    private static T Bind<T>(IConfiguration configuration, string section, List<string> faults)
        where T : new()
    {
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
