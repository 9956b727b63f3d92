using CarTIngest.Rehearsal.Corpus;
using CarTIngest.Rehearsal.Faults;
using CarTIngest.Tests.Invented;
using CarTIngest.Tests.Rehearsal;
using CarTIngest.Tests.Rehearsal.Faults.Grid;
using static CarTIngest.Tests.Rehearsal.RecordedNights;

namespace CarTIngest.Tests.Sources.Silent;

/// <summary>
/// All that the stand-in received over whole nights of many kinds: no request that a service would answer with E5, E9, E10, E11, E21, E22, R3 or R7. That none can be
/// written is for <see cref="PubMed.EUtilsRequestTests"/>.
/// </summary>
[Trait("Silent", "E5")]
[Trait("Silent", "E9")]
[Trait("Silent", "E10")]
[Trait("Silent", "E11")]
[Trait("Silent", "E21")]
[Trait("Silent", "E22")]
[Trait("Silent", "R3")]
[Trait("Silent", "R7")]
public sealed class NeverSentTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cartingest-never-");

    private static string Bundled => Path.Combine(Shared.RepositoryRoot, "src", "CarTIngest.Host", "Review");

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public async Task Not_over_the_invented_nights(double faults)
    {
        var corpus = await RehearsalCorpus.LoadAsync(InventedNights.Registry, [InventedNights.PubMed], First, CancellationToken.None);

        AssertNone(await PlayAsync(corpus, Bundled, faults, corpus.Nights), 100);
    }

    [Fact]
    public async Task Not_by_an_arm_of_more_than_one_search_lists()
    {
        const int Many = 10_050;
        using var recorded = new RecordedNights();
        recorded.Update(First, [.. Enumerable.Range(1, Many).Select(n => Article(90_000_000 + (n * 7)))]).Update(Second, Article(99_000_000))
            .Write(Path.Combine(folder.FullName, "searches", "pubmed"), "A.txt", "invented cells\n")
            .Write(Path.Combine(folder.FullName, "searches", "clinicaltrials"), "A.txt", "query.term=invented cells\n");

        var played = await PlayAsync(await recorded.LoadAsync(), folder.FullName, 0, [First, Second]);

        AssertNone(played, 50);
        Assert.Equal((Many + 1, true), (played.Of("pubmed").Held, played.Of("pubmed").Complete));
        Assert.Contains(played.Asked, asked => asked["term"]?.Contains("[UID]", StringComparison.Ordinal) == true);
    }

    /// <summary>The first nights, or as many as <c>CARTINGEST_NIGHTS</c> says.</summary>
    [SkippableFact]
    public async Task Not_over_recorded_nights()
    {
        var nights = int.TryParse(Environment.GetEnvironmentVariable("CARTINGEST_NIGHTS"), out var wanted) ? wanted : 3;
        var corpus = await RehearsalCorpus.LoadAsync(Shared.Data("ctgov/nights"), [Shared.Data("pubmed/nights")], First, CancellationToken.None);

        AssertNone(await PlayAsync(corpus, Bundled, 0, [.. corpus.Nights.Take(nights)]), 60);
    }

    [Theory]
    [InlineData("E5", "esearch", "POST", "term=x&db=pubmed&retstart=9999")]
    [InlineData("E5", "esearch", "POST", "term=x&db=pubmed&retmax=10000")]
    [InlineData("E9", "efetch", "POST", "db=pubmed&id=")]
    [InlineData("E9", "efetch", "POST", "db=pubmed&id=00000000")]
    [InlineData("E10", "efetch", "POST", "db=pubmed&id=1&retstart=1")]
    [InlineData("E21", "esearch", "POST", "db=pubmed&term=x&usehistory=y")]
    [InlineData("E11", "einfo", "POST", "retmode=xml")]
    [InlineData("E22", "esearch", "GET", "db=pubmed&term=x")]
    public void Each_of_them_would_be_seen(string number, string endpoint, string method, string form)
    {
        var pairs = form.Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

        Assert.Contains(number, Assert.Single(RequestRules.Breaches([new AskedRequest(endpoint, 1, method, $"/entrez/eutils/{endpoint}.fcgi", pairs)])), StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_is_too_long_would_be_seen() => Assert.Contains(
        "R3", Assert.Single(RequestRules.Breaches([new AskedRequest("studies", 1, "GET", new string('x', 2_001), new Dictionary<string, string>())])), StringComparison.Ordinal);

    public void Dispose() => folder.Delete(recursive: true);

    private Task<PlayedNights> PlayAsync(RehearsalCorpus corpus, string review, double faults, IReadOnlyList<DateOnly> nights)
    {
        var times = new FaultTimes { Stall = TimeSpan.FromMilliseconds(1), RetryAfterSeconds = 0 };
        return new NightsInProcess(corpus, review, Path.Combine(folder.FullName, "cartingest.db"))
        {
            Gates = faults > 0 ? [new FaultGate(FaultPlan.Drawn(faults, 7), times, TimeProvider.System).PassAsync] : [],
        }.PlayAsync(nights);
    }

    private static void AssertNone(PlayedNights played, int atLeast)
    {
        Assert.True(played.Asked.Count >= atLeast, $"only {played.Asked.Count} requests were seen");
        Assert.Empty(RequestRules.Breaches(played.Asked));
    }
}
