using CarTIngest.Host.Alerts;
using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Rehearsal.Corpus;
using CarTIngest.Rehearsal.Demo;
using CarTIngest.Rehearsal.Server;
using CarTIngest.Reporting;
using CarTIngest.Sources;
using CarTIngest.Sources.ClinicalTrials;
using CarTIngest.Sources.Http;
using CarTIngest.Sources.PubMed;
using Microsoft.Extensions.DependencyInjection;

namespace CarTIngest.Tests.Host.Nightly;

/// <summary>The real sources, the real pipeline and a real store against the stand-in, on the invented corpus.</summary>
public sealed class NightOverHttpTests : IAsyncLifetime, IDisposable
{
    private static readonly DateOnly First = new(2026, 3, 2);

    private readonly TestStore store = new();
    private RehearsalServer? server;

    public async Task InitializeAsync()
    {
        var demo = DemoCorpus.Bundled();
        var corpus = await RehearsalCorpus.LoadAsync(demo.RegistryNights, [demo.PubMedNights], First, CancellationToken.None);
        server = await RehearsalServer.StartAsync(corpus, new RehearsalSettings(), CancellationToken.None);
    }

    public async Task DisposeAsync() => await server!.DisposeAsync();

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task A_night_at_real_pace_is_complete_and_never_asks_faster_than_the_services_allow()
    {
        await using var provider = Provider(new PubMedOptions { BaseAddress = server!.EUtilsAddress }, new ClinicalTrialsOptions { BaseAddress = server.RegistryAddress });

        var report = await RunAsync(provider, First);

        Assert.True(report.Complete);
        var calls = server.Log.Snapshot();
        Assert.DoesNotContain(calls, call => call.Status == 429);
        // E-utilities: three a second without a key. The registry: one a second; a second one may arrive early by what the network took off its wait.
        Assert.InRange(MostWithinASecond(calls.Where(call => call.Endpoint.StartsWith('e'))), 1, 3);
        Assert.InRange(MostWithinASecond(calls.Where(call => !call.Endpoint.StartsWith('e'))), 1, 2);
    }

    [Fact]
    public async Task A_quiet_night_costs_at_most_12_requests_to_pubmed_and_8_to_the_registry()
    {
        await using var provider = Fast();
        await RunAsync(provider, First);

        var quiet = await RunAsync(provider, First.AddDays(1));

        Assert.True(quiet.Complete);
        Assert.All(quiet.Sources, source => Assert.Equal((0, 0), (source.New, source.Revised)));
        Assert.InRange(quiet.Sources.Single(source => source.Source == "pubmed").Requests, 1, 12);
        Assert.InRange(quiet.Sources.Single(source => source.Source == "clinicaltrials").Requests, 1, 8);
    }

    [Fact]
    public async Task Every_answer_is_kept_and_no_key_is_in_the_store()
    {
        const string Key = "f00dcafe0123456789";
        await using var provider = Fast(Key);
        await RunAsync(provider, First);

        await using (var context = store.Stores.Open())
        {
            var calls = server!.Log.Snapshot();
            Assert.Equal(calls.Count, context.Answers.Count(answer => answer.Endpoint != "held"));
            Assert.Equal(2, context.Answers.Count(answer => answer.Endpoint == "held"));
            Assert.All(context.Answers, answer => Assert.DoesNotContain(Key, answer.Asked, StringComparison.Ordinal));
        }

        if (store.Options.Provider == StorageProvider.Sqlite)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Assert.DoesNotContain(Key, System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(store.File)), StringComparison.Ordinal);
        }
    }

    private ServiceProvider Fast(string? key = null) => Provider(
        new PubMedOptions { BaseAddress = server!.EUtilsAddress, RequestsPerSecond = 200, ReaskAfterMilliseconds = 10, ApiKey = key },
        new ClinicalTrialsOptions { BaseAddress = server.RegistryAddress, RequestsPerSecond = 200 });

    private ServiceProvider Provider(PubMedOptions pubmed, ClinicalTrialsOptions registry) => new ServiceCollection()
        .AddLogging()
        .AddSingleton(TimeProvider.System)
        .AddStorage(store.Options, TestStore.Holder("test"))
        .AddSources(pubmed, registry, new HttpOptions { FirstPauseSeconds = 0.02 }, Path.Combine(Shared.RepositoryRoot, "src", "CarTIngest.Host", "Review"))
        .AddAlerts(new AlertsOptions(), new AlertsPlace(null, TimeZoneInfo.Utc))
        .AddNightly(new NightlyOptions { SecondLookAfterSeconds = 0.01 }, () => CarTIngest.Simulation.BundledReview.Rulebook, () => CarTIngest.Screening.ProtocolFile.Plain)
        .BuildServiceProvider();

    private static async Task<NightReport> RunAsync(ServiceProvider provider, DateOnly night)
    {
        await provider.GetRequiredService<StoreFactory>().MigrateAsync(CancellationToken.None);
        return await provider.GetRequiredService<NightlyRun>().RunAsync(new NightRequest(night), CancellationToken.None);
    }

    private static int MostWithinASecond(IEnumerable<RehearsedCall> calls)
    {
        var times = calls.Select(call => call.At).Order().ToList();
        return times.Max(from => times.Count(at => at >= from && at < from.AddSeconds(1)));
    }
}
