using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Sources;
using CarTIngest.Sources.Http;

namespace CarTIngest.Host.Replay;

public static class ReplaySetup
{
    /// <summary>Settings under which no wait is waited out again and nobody takes the log for that of a night.</summary>
    public static IReadOnlyDictionary<string, string?> Quietly { get; } = new Dictionary<string, string?>
    {
        ["Logging:LogLevel:Default"] = nameof(LogLevel.Error),
        ["Sources:PubMed:ReaskAfterMilliseconds"] = "0",
        ["Nightly:SecondLookAfterSeconds"] = "0",
    };

    /// <summary>Puts the journal of a night in the place of the sources, their strategies and the included reports. Comes after what it replaces.</summary>
    /// <param name="kept">The store that keeps the night's bytes.</param>
    public static IServiceCollection AddReplay(this IServiceCollection services, NightJournal journal, StoreFactory kept, ReplayClock clock)
    {
        ArgumentNullException.ThrowIfNull(journal);
        foreach (var source in journal.Sources)
        {
            services.AddKeyedSingleton<SourceHttp>(source.Source, (_, _) => new ReplayHttp(source, kept, clock));
        }

        services.AddSingleton<IReadOnlyList<AskedSource>>(provider =>
            [.. journal.Sources.Select(asked => new AskedSource(
                provider.GetServices<ISource>().Single(source => source.Name == asked.Source), provider.GetRequiredKeyedService<SourceHttp>(asked.Source)))]);
        services.AddSingleton<StrategiesOf>(source => journal.Sources.FirstOrDefault(asked => asked.Source == source)?.Before.Arms ?? []);
        return services.AddSingleton(new IncludedReports(
            journal.Sources.SelectMany(source => source.Before.Included).Select(Holdings.IdOf).ToHashSet()));
    }
}
