using CarTIngest.Host.Alerts;
using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Rehearsal.Corpus;
using CarTIngest.Rehearsal.Server;
using CarTIngest.Reporting;
using CarTIngest.Sources;
using CarTIngest.Sources.ClinicalTrials;
using CarTIngest.Sources.Http;
using CarTIngest.Sources.PubMed;
using CarTIngest.Tests.Host;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CarTIngest.Tests.Rehearsal.Faults.Grid;

/// <summary>Whole nights of a corpus in this process: the real client over real HTTP, the real night, a real store in a file that may hold earlier nights.</summary>
internal sealed record NightsInProcess(RehearsalCorpus Corpus, string Review, string File)
{
    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>What stands before the stand-in's answers.</summary>
    public IReadOnlyList<RequestGate> Gates { get; init; } = [];

    public HttpOptions Http { get; init; } = new() { FirstPauseSeconds = 0.002, LongestPauseSeconds = 0.02, Retries = 5 };

    public PubMedOptions PubMed { get; init; } = new();

    public ClinicalTrialsOptions Registry { get; init; } = new();

    public async Task<PlayedNights> PlayAsync(params IReadOnlyList<DateOnly> nights)
    {
        var asked = new List<AskedRequest>();
        await using var server = await RehearsalServer.StartAsync(Corpus, new RehearsalSettings { PubMedRequestsPerSecond = 10_000, Gates = [AskedRequest.Into(asked), .. Gates] }, None);
        var storage = new StorageOptions { ConnectionString = $"Data Source={File}" };
        await using var provider = Provider(server, storage);
        var stores = provider.GetRequiredService<StoreFactory>();
        await stores.MigrateAsync(None);
        NightReport? report = null;
        foreach (var night in nights)
        {
            server.MoveTo(night);
            report = await provider.GetRequiredService<NightlyRun>().RunAsync(new NightRequest(night), None);
        }

        var verified = await new Integrity(stores, provider.GetRequiredService<StoredRecordReader>()).VerifyAsync(None);
        var marks = new Dictionary<string, DateOnly?>();
        var held = new Dictionary<CarTIngest.Records.RecordId, HeldStanding>();
        foreach (var source in new[] { "pubmed", "clinicaltrials" })
        {
            marks[source] = (await provider.GetRequiredService<NightLedger>().WatermarkAsync(source, None))?.Night;
            foreach (var (id, standing) in await provider.GetRequiredService<Holdings>().OfAsync(source, None))
            {
                held[id] = standing;
            }
        }

        using (var connection = new SqliteConnection(storage.ConnectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        return new PlayedNights(report!, verified, marks, held, asked, server.Log.Snapshot());
    }

    private ServiceProvider Provider(RehearsalServer server, StorageOptions storage) => new ServiceCollection()
        .AddLogging()
        .AddSingleton(TimeProvider.System)
        .AddStorage(storage, TestStore.Holder("test"))
        .AddSources(
            PubMed with { BaseAddress = server.EUtilsAddress, RequestsPerSecond = 1000, ReaskAfterMilliseconds = 1 },
            Registry with { BaseAddress = server.RegistryAddress, RequestsPerSecond = 1000 },
            Http,
            Review)
        .AddAlerts(new AlertsOptions(), new AlertsPlace(null, TimeZoneInfo.Utc))
        .AddNightly(new NightlyOptions { SecondLookAfterSeconds = 0.001 }, () => CarTIngest.Simulation.BundledReview.Rulebook, () => CarTIngest.Screening.ProtocolFile.Plain)
        .BuildServiceProvider();
}
