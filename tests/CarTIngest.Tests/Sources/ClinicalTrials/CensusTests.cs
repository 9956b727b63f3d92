using CarTIngest.Records;
using CarTIngest.Sources;
using CarTIngest.Sources.ClinicalTrials;
using Microsoft.AspNetCore.Http;
using static CarTIngest.Tests.Sources.ClinicalTrials.LoopbackRegistry;

namespace CarTIngest.Tests.Sources.ClinicalTrials;

public sealed class CensusTests : IDisposable
{
    private const string Changed = "The data have probably changed while you were paginating. Please, start over from the first page.";

    private readonly PlainHttp http = new();
    private readonly ListedArchive archive = new();

    [Fact]
    public async Task Is_proven_when_as_many_studies_are_listed_as_counted()
    {
        await using var registry = await StartAsync(Pages(
            ("", Page([1, 2], total: 3, next: "t/1+=&")),
            ("t/1+=&", Page([3], next: null))));
        var census = await TakeAsync(registry);
        Assert.True(census.Proven);
        Assert.Equal("2026-05-15T09:00:05", census.DataVersionBefore);
        Assert.Equal(3, census.Arms[0].Count);
        Assert.Equal("2026-05-01|RECRUITING|false", census.Announced[Id(3)]);
        Assert.Empty(census.Touched);
        Assert.Equal(
            ["/api/v2/version", "/api/v2/studies?query.term=%22CAR%20T%22%20AND%20AML&fields=NCTId%7CLastUpdatePostDate%7COverallStatus%7CHasResults&sort=StudyFirstPostDate%3Aasc&pageSize=1000&countTotal=true", "/api/v2/studies?query.term=%22CAR%20T%22%20AND%20AML&fields=NCTId%7CLastUpdatePostDate%7COverallStatus%7CHasResults&sort=StudyFirstPostDate%3Aasc&pageSize=1000&pageToken=t%2F1%2B%3D%26", "/api/v2/version"],
            registry.Addresses);
        Assert.Equal(["version", "studies", "studies", "version"], archive.Kept.Select(raw => raw.Endpoint));
        Assert.Equal("GET " + registry.Addresses[1]["/api/v2/".Length..], archive.Kept[1].Asked);
    }

    [Fact]
    public async Task Goes_on_after_an_empty_page_that_has_a_token_and_takes_a_last_page_without_studies()
    {
        await using var registry = await StartAsync(Pages(
            ("", Page([1], total: 2, next: "a")), ("a", Page([], next: "b")), ("b", Page([2], next: "c")), ("c", Page([], next: null))));
        Assert.True((await TakeAsync(registry)).Proven);
    }

    [Fact]
    public async Task Takes_pages_shorter_than_asked_for()
    {
        var pages = Enumerable.Range(1, 30).Select(n => (n == 1 ? "" : $"{n}", Page([n], total: n == 1 ? 30 : null, next: n == 30 ? null : $"{n + 1}"))).ToArray();
        await using var registry = await StartAsync(Pages(pages));
        var census = await TakeAsync(registry);
        Assert.True(census.Proven);
        Assert.Equal(30, census.Announced.Count);
    }

    [Theory]
    [InlineData(4, "The registry counts 4 studies and lists 3.")]
    [InlineData(2, "The registry counts 2 studies and lists 3.")]
    [InlineData(null, "The registry did not say how many studies it counts.")]
    public async Task Is_not_proven_when_the_count_is_another(int? total, string why)
    {
        await using var registry = await StartAsync(Pages(("", Page([1, 2, 3], total))));
        var census = await TakeAsync(registry);
        Assert.False(census.Proven);
        Assert.Equal(why, census.Arms[0].WhyNotProven);
    }

    [Fact]
    public async Task Counts_a_study_listed_twice_once()
    {
        await using var registry = await StartAsync(Pages(("", Page([1, 2], total: 2, next: "a")), ("a", Page([2]))));
        Assert.True((await TakeAsync(registry)).Proven);
    }

    [Fact]
    public async Task Takes_the_registrys_word_that_nothing_matches()
    {
        await using var registry = await StartAsync(Pages(("", Page([], total: 0))));
        var census = await TakeAsync(registry);
        Assert.True(census.Proven);
        Assert.Equal(0, census.Arms[0].Count);
    }

    [Theory]
    [InlineData("a", "The registry gave the same page token twice.")]
    [InlineData(null, "The registry gave more than 5 pages with nothing new, and still a token for the next.")]
    public async Task Ends_a_walk_that_has_no_end(string? again, string why)
    {
        var page = 0;
        await using var registry = await StartAsync(request => IsVersion(request) ? Version() : Json(Page([1], total: 9, next: again ?? $"{++page}")));
        var census = await TakeAsync(registry);
        Assert.Equal(why, census.Arms[0].WhyNotProven);
        Assert.True(registry.Addresses.Count < 12);
    }

    [Fact]
    [Trait("Silent", "R1")]
    public async Task Begins_again_at_page_one_when_the_data_change_between_two_pages()
    {
        var flips = 0;
        await using var registry = await StartAsync(request => IsVersion(request) ? Version(Math.Min(flips, 1))
            : !request.Query.ContainsKey("pageToken") ? Json(Page([1, 2], total: 3, next: "a"))
            : flips++ == 0 ? Text(400, Changed)
            : Json(Page([3])));
        var census = await TakeAsync(registry);
        Assert.True(census.Proven);
        Assert.Equal(2, registry.Addresses.Count(address => address.Contains("countTotal", StringComparison.Ordinal)));
        Assert.Equal(census.DataVersionAfter, census.DataVersionBefore);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Silent", "R1")]
    public async Task Is_not_proven_when_the_data_never_stand_still(bool registrySaysSo)
    {
        var versions = 0;
        await using var registry = await StartAsync(request => IsVersion(request) ? Version(registrySaysSo ? 0 : versions++)
            : !request.Query.ContainsKey("pageToken") ? Json(Page([1, 2], total: 3, next: "a"))
            : registrySaysSo ? Text(400, Changed)
            : Json(Page([3])));
        var census = await TakeAsync(registry);
        Assert.False(census.Proven);
        Assert.Contains("data", census.Arms[0].WhyNotProven, StringComparison.Ordinal);
        Assert.Equal(4, registry.Addresses.Count(address => address.Contains("countTotal", StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("Silent", "R3")]
    public async Task Names_the_arm_that_the_registry_refuses_and_takes_the_others()
    {
        await using var registry = await StartAsync(request => IsVersion(request) ? Version()
            : request.Query["query.term"] == "[" ? Text(400, "Error parsing query in `query.term`: mismatched input '['")
            : Json(Page([1], total: 1)));
        var census = await TakeAsync(registry, Arm("bad", "["), Arm("good", "AML"), Arm("misspelt", "x", "query.recrs"), Arm("empty", " "), Arm("long", new string('x', 6000)));
        Assert.Equal(["bad", "misspelt", "empty", "long"], census.Arms.Where(arm => !arm.Proven).Select(arm => arm.Arm.Name));
        Assert.Contains("mismatched input '['", census.Arms[0].WhyNotProven, StringComparison.Ordinal);
        Assert.Contains("'query.recrs' is no parameter", census.Arms[2].WhyNotProven, StringComparison.Ordinal);
        Assert.Equal(4, registry.Addresses.Count);
    }

    [Theory]
    [InlineData(403, "text/html", "<html>Forbidden</html>")]
    [InlineData(503, "text/plain", "no healthy upstream")]
    [InlineData(200, "application/json", "{\"apiVersion\":\"2.0.5\"}")]
    [Trait("Silent", "R2")]
    public async Task Says_that_the_source_is_down_when_it_does_not_tell_its_version(int status, string type, string body)
    {
        await using var registry = await StartAsync(_ => (status, type, body));
        var down = await Assert.ThrowsAsync<SourceDownException>(() => TakeAsync(registry));
        Assert.Equal("clinicaltrials", down.SourceName);
    }

    public void Dispose() => http.Dispose();

    private Task<SourceCensus> TakeAsync(LoopbackRegistry registry, params SearchArm[] arms) =>
        new ClinicalTrialsSource(http, new ClinicalTrialsOptions { BaseAddress = registry.Address }, arms.Length > 0 ? arms : [Arm("A", "\"CAR T\" AND AML")])
            .TakeCensusAsync(new CensusWindow(new DateOnly(2026, 5, 14), new DateOnly(2026, 5, 15)), archive, CancellationToken.None);

    private static SearchArm Arm(string name, string term, string parameter = "query.term") => new("clinicaltrials", name, name, new Dictionary<string, string> { [parameter] = term });

    private static RecordId Id(int number) => RecordId.TryParse($"NCT9{number:0000000}", out var id) ? id : default;

    private static bool IsVersion(HttpRequest request) => request.Path.Value!.EndsWith("/version", StringComparison.Ordinal);

    private static (int, string, string) Version(int day = 0) => Json($$"""{"apiVersion":"2.0.5","dataTimestamp":"2026-05-{{15 + day}}T09:00:05"}""");

    private static string Page(int[] numbers, int? total = null, string? next = null) =>
        $"{{{(total is null ? "" : $"\"totalCount\":{total},")}\"studies\":[{string.Join(',', numbers.Select(n => Studies.Study(Id(n).Local)))}]{(next is null ? "" : $",\"nextPageToken\":\"{next}\"")}}}";

    private static Func<HttpRequest, (int, string, string)> Pages(params (string Token, string Body)[] pages) =>
        request => IsVersion(request) ? Version() : Json(pages.Single(page => page.Token == request.Query["pageToken"].ToString()).Body);
}
