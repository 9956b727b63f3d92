using CarTIngest.Rehearsal.Corpus;
using CarTIngest.Rehearsal.Faults;
using CarTIngest.Sources.ClinicalTrials;
using CarTIngest.Sources.Http;
using CarTIngest.Sources.PubMed;
using static CarTIngest.Tests.Rehearsal.RecordedNights;

namespace CarTIngest.Tests.Rehearsal.Faults.Grid;

/// <summary>
/// Four invented nights through the real client, the real night and a real store. The first two are played once, without faults; from there the third is played
/// as often as one likes, each time disturbed in another way, and the fourth after it in peace. The third has something of everything: records that are new, revised,
/// gone, merged, announced and not given, and several requests to each endpoint.
/// </summary>
internal sealed class DisturbedNights : IAsyncDisposable
{
    public static readonly DateOnly Fourth = new(2031, 3, 5);

    private readonly RecordedNights recorded = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cartingest-disturbed-");
    private RehearsalCorpus? corpus;
    private PlayedNights? before;
    private int plays;

    /// <summary>What stands after the first two.</summary>
    public PlayedNights Before => before ?? throw new InvalidOperationException("The nights were not prepared.");

    private string Prepared => Path.Combine(folder.FullName, "prepared.db");

    private string Review => Path.Combine(folder.FullName, "review");

    public static async Task<DisturbedNights> PrepareAsync()
    {
        var nights = new DisturbedNights();
        nights.Write();
        nights.corpus = await nights.recorded.LoadAsync();
        nights.before = await nights.RunAsync(nights.Prepared, [], new FaultTimes(), First, Second);
        return nights;
    }

    /// <param name="rules">Faults of the third night, as <c>--faults</c> takes them; none: in peace.</param>
    public async Task<DisturbedNight> PlayAsync(params string[] rules)
    {
        var file = Path.Combine(folder.FullName, $"play-{Interlocked.Increment(ref plays)}.db");
        File.Copy(Prepared, file);
        try
        {
            var times = new FaultTimes { Stall = TimeSpan.FromSeconds(3), Late = TimeSpan.FromMilliseconds(50), RetryAfterSeconds = 0 };
            var disturbed = await RunAsync(file, rules, times, Third);
            var healed = await RunAsync(file, [], times, Fourth);
            return new DisturbedNight(disturbed, healed);
        }
        finally
        {
            File.Delete(file);
        }
    }

    public ValueTask DisposeAsync()
    {
        recorded.Dispose();
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private void Write()
    {
        recorded
            .Full(First, [.. Enumerable.Range(1, 6).Select(n => Study($"NCT9000000{n}", posted: $"2030-01-0{n}"))])
            .Update(First, [.. Enumerable.Range(1, 6).Select(n => Article(90000000 + n))])
            .Changes(Second, Gone("NCT90000005"), Merged("NCT90000006", "NCT90000001"))
            .Update(Second, Delete(90000006))
            .Changes(Third, [Upsert(Study("NCT90000002", updated: "2031-03-03", enrollment: 13)), .. new[] { 7, 8, 9 }.Select(n => Upsert(Study($"NCT9000000{n}", updated: "2031-03-03", posted: $"2031-03-0{n - 6}")))])
            .Update(Third, [Article(90000002, title: "Invented cells, corrected"), .. Enumerable.Range(7, 5).Select(n => Article(90000000 + n, entrez: "2031/3/3", pubmed: "2031/3/3"))])
            .Write(recorded.Registry, "2031-03-04.census.json", """{"notGiven":["nct:NCT90000009"]}""")
            .Write(recorded.PubMed, "2031-03-04.census.json", """{"notGiven":["pmid:90000011"]}""")
            .Write(recorded.Registry, "2031-03-05.census.json", "{}")
            .Write(recorded.PubMed, "2031-03-05.census.json", "{}")
            .Write(Path.Combine(Review, "searches", "pubmed"), "A.txt", "invented cells\n")
            .Write(Path.Combine(Review, "searches", "clinicaltrials"), "A.txt", "query.term=invented cells\n");
    }

    private Task<PlayedNights> RunAsync(string file, string[] rules, FaultTimes times, params DateOnly[] nights)
    {
        // Only where answers come too late is the client impatient: on a busy machine a sound one may take seconds.
        var hurried = rules.Any(rule => rule.Contains("stall", StringComparison.Ordinal));
        return new NightsInProcess(corpus!, Review, file)
        {
            Gates = rules.Length > 0 ? [new FaultGate(FaultPlan.Scripted(rules, "rules"), times, TimeProvider.System).PassAsync] : [],
            Http = new HttpOptions { FirstPauseSeconds = 0.002, LongestPauseSeconds = 0.02, Retries = 2, AttemptTimeoutSeconds = hurried ? 1.5 : 100 },
            PubMed = new PubMedOptions { FetchBatch = 3 },
            Registry = new ClinicalTrialsOptions { PageSize = 4, FetchChunk = 3 },
        }.PlayAsync(nights);
    }
}
