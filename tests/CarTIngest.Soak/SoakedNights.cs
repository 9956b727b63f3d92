using System.Globalization;
using CarTIngest.Host.Alerts;
using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Screening;
using CarTIngest.Simulation;
using CarTIngest.Sources;
using CarTIngest.Sources.ClinicalTrials;
using CarTIngest.Sources.Http;
using CarTIngest.Sources.PubMed;
using Microsoft.Extensions.DependencyInjection;

namespace CarTIngest.Soak;

/// <summary>
/// Nights without end: the two of the demo's corpus in turn, so that records change, leave, go missing and come back every night. One set of services for
/// all of them, as in the service.
/// </summary>
internal static class SoakedNights
{
    public const int Fewest = 20;

    private const int Samples = 20;

    public static async Task<IReadOnlyList<Sample>> RunAsync(int nights, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("cartingest-soak-");
        try
        {
            using var services = await StandIn.StartAsync(cancellationToken);
            await using var provider = Provider(services, Path.Combine(folder.FullName, "cartingest.db"));
            await provider.GetRequiredService<StoreFactory>().MigrateAsync(cancellationToken);
            return await PlayAsync(services, provider.GetRequiredService<NightlyRun>(), nights, cancellationToken);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Sample>> PlayAsync(StandIn services, NightlyRun run, int nights, CancellationToken cancellationToken)
    {
        var samples = new List<Sample>();
        for (var night = 1; night <= nights; night++)
        {
            await services.MoveToAsync(services.Nights[night % services.Nights.Count], cancellationToken);
            var report = await run.RunAsync(new NightRequest(services.Nights[0].AddDays(night)), cancellationToken);
            if (!report.Sources.All(source => source.Answered))
            {
                throw new InvalidOperationException($"Night {night}: {string.Join(" ", report.Sources.SelectMany(source => source.Why))}");
            }

            if (night % Math.Max(1, nights / Samples) == 0)
            {
                var sample = Sample.After(night);
                samples.Add(sample);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"night {night}: {sample.Live / 1048576.0:0.00} MB live, {sample.Resident / 1048576.0:0.0} MB resident, {sample.Handles} handles, {sample.Threads} threads"));
            }
        }

        return samples;
    }

    private static ServiceProvider Provider(StandIn services, string file) => new ServiceCollection()
        .AddLogging()
        .AddSingleton(TimeProvider.System)
        .AddStorage(new StorageOptions { ConnectionString = StorageOptions.ConnectionTo(file) }, new LeaseHolder("soak", _ => false))
        .AddSources(
            new PubMedOptions { BaseAddress = services.EUtils, RequestsPerSecond = 1000, ReaskAfterMilliseconds = 10 },
            new ClinicalTrialsOptions { BaseAddress = services.Registry, RequestsPerSecond = 1000 },
            new HttpOptions { FirstPauseSeconds = 0.02 },
            Path.Combine(AppContext.BaseDirectory, "Review"))
        .AddAlerts(new AlertsOptions(), new AlertsPlace(null, TimeZoneInfo.Utc))
        .AddNightly(new NightlyOptions { SecondLookAfterSeconds = 0.01 }, () => BundledReview.Rulebook, () => ProtocolFile.Plain)
        .BuildServiceProvider();
}
