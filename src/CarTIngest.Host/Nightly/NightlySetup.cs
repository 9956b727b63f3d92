using CarTIngest.Eligibility;
using CarTIngest.Screening;
using CarTIngest.Sources;
using CarTIngest.Sources.Http;

namespace CarTIngest.Host.Nightly;

public static class NightlySetup
{
    /// <summary>The night asks every registered source, in the order of registration.</summary>
    public static IServiceCollection AddNightly(this IServiceCollection services, NightlyOptions options, Func<Rulebook> rulebook, Func<Protocol> protocol) => services
        .AddSingleton(options)
        // Read when first needed: most verbs judge nothing.
        .AddSingleton(_ => rulebook())
        .AddSingleton(_ => protocol())
        .AddSingleton<IReadOnlyList<AskedSource>>(provider =>
            [.. provider.GetServices<ISource>().Select(source => new AskedSource(source, provider.GetRequiredKeyedService<SourceHttp>(source.Name)))])
        .AddSingleton<CensusStage>()
        .AddSingleton<NightArms>()
        .AddSingleton<StrategyTrial>()
        .AddSingleton<PlanStage>()
        .AddSingleton<FetchStage>()
        .AddSingleton<SourceStage>()
        .AddSingleton<StudyStage>()
        .AddSingleton<WatchStage>()
        .AddSingleton<NightlyRun>()
        .AddSingleton<ScheduledNight>()
        .AddSingleton<Rejudging>()
        .AddSingleton<FileImport>();
}
