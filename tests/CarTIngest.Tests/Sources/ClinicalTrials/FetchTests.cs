using CarTIngest.Records;
using CarTIngest.Sources;
using CarTIngest.Sources.ClinicalTrials;
using Microsoft.AspNetCore.Http;
using static CarTIngest.Tests.Sources.ClinicalTrials.LoopbackRegistry;

namespace CarTIngest.Tests.Sources.ClinicalTrials;

public sealed class FetchTests : IDisposable
{
    private const string One = "NCT90000001";
    private const string Two = "NCT90000002";
    private const string Gone = "NCT90000008";
    private const string Former = "NCT90000009";

    private readonly PlainHttp http = new();
    private readonly ListedArchive archive = new();

    [Fact]
    public async Task Gives_each_study_with_the_hash_of_the_answer_that_holds_it()
    {
        await using var registry = await StartAsync(Registry(One, Two));
        var fetched = await FetchAsync(registry, One, Two, One);
        Assert.Equal([One, Two], Given(fetched));
        var kept = Assert.Single(archive.Kept);
        Assert.All(fetched.Cast<GivenRecord>(), record => Assert.Equal(ContentHash.Of(kept.Body.Span), record.Payload));
        Assert.Equal(["/api/v2/studies?filter.ids=NCT90000001%2CNCT90000002&sort=StudyFirstPostDate%3Aasc&pageSize=2&countTotal=true"], registry.Addresses);
    }

    [Fact]
    public async Task Cuts_many_ids_into_chunks()
    {
        var ids = Enumerable.Range(1, 250).Select(n => $"NCT9{n:0000000}").ToArray();
        await using var registry = await StartAsync(Registry(ids));
        Assert.Equal(ids, Given(await FetchAsync(registry, ids)));
        Assert.Equal(3, registry.Addresses.Count);
        Assert.All(registry.Addresses, address => Assert.True(address.Length < 6 * 1024));
    }

    [Fact]
    public async Task Follows_the_tokens_of_pages_shorter_than_asked_for()
    {
        await using var registry = await StartAsync(request => Json(request.Query.ContainsKey("pageToken") ? Page([Two]) : Page([One], "next")));
        Assert.Equal([One, Two], Given(await FetchAsync(registry, One, Two)));
    }

    [Fact]
    [Trait("Silent", "R4")]
    public async Task Says_what_the_registry_says_of_an_id_that_it_does_not_have()
    {
        await using var registry = await StartAsync(Registry(One));
        var fetched = await FetchAsync(registry, One, Gone);
        Assert.Equal([One], Given(fetched));
        var left = Assert.Single(fetched.OfType<NotGivenRecord>());
        Assert.Equal(new NotGivenRecord(Id(Gone), $"The registry says: NCT number {Gone} not found", null), left);
        Assert.Equal(["studies", "study"], archive.Kept.Select(raw => raw.Endpoint));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Silent", "R8")]
    public async Task Gives_the_study_that_an_id_became_part_of(bool heldAlready)
    {
        await using var registry = await StartAsync(Registry(One));
        var fetched = await FetchAsync(registry, heldAlready ? [One, Former] : [Former]);
        Assert.Equal([One], Given(fetched));
        Assert.Equal(new NotGivenRecord(Id(Former), $"The registry keeps it as {One} now.", Id(One)), Assert.Single(fetched.OfType<NotGivenRecord>()));
    }

    [Fact]
    [Trait("Silent", "R8")]
    public async Task Tells_a_merged_id_by_the_number_that_comes_back_too()
    {
        await using var registry = await StartAsync(request => request.Path.Value!.EndsWith(Former, StringComparison.Ordinal) ? Json(Studies.Study(One)) : Json(Page([])));
        var fetched = await FetchAsync(registry, Former);
        Assert.Equal([One], Given(fetched));
        Assert.Equal(Id(One), Assert.Single(fetched.OfType<NotGivenRecord>()).MergedInto);
    }

    [Fact]
    [Trait("Silent", "R5")]
    public async Task Asks_singly_for_all_when_one_of_them_spoils_the_request()
    {
        var one = Registry(One, Two);
        await using var registry = await StartAsync(request => request.Query["filter.ids"].Count > 0 ? Text(400, "Parameter `filter.ids` has incorrect format") : one(request));
        var fetched = await FetchAsync(registry, One, Gone, Two);
        Assert.Equal([One, Two], Given(fetched));
        Assert.Equal(Id(Gone), Assert.Single(fetched.OfType<NotGivenRecord>()).Asked);
    }

    [Fact]
    [Trait("Silent", "R1")]
    public async Task Begins_the_chunk_again_when_the_data_change_within_it()
    {
        var flips = 0;
        await using var registry = await StartAsync(request => !request.Query.ContainsKey("pageToken") ? Json(Page([One], "a"))
            : flips++ == 0 ? Text(400, "The data have probably changed while you were paginating.")
            : Json(Page([Two])));
        Assert.Equal([One, One, Two], Given(await FetchAsync(registry, One, Two)));
    }

    [Fact]
    public async Task Gives_a_study_that_cannot_be_read_as_such_beside_those_that_can()
    {
        await using var registry = await StartAsync(_ => Json($"{{\"studies\":[{Studies.Study(One).Replace("\"A Study of Invented Cells\"", "NaN", StringComparison.Ordinal)},{Studies.Study(Two)}]}}"));
        var fetched = await FetchAsync(registry, One, Two);
        Assert.Equal([Two], Given(fetched));
        Assert.Equal(Id(One), Assert.IsType<UnreadableRecord>(Assert.IsType<GivenRecord>(fetched[0]).Reading).Id);
        Assert.Single(registry.Addresses);
    }

    [Fact]
    [Trait("Silent", "R2")]
    public async Task Says_that_the_source_is_down_when_it_refuses_us()
    {
        await using var registry = await StartAsync(_ => (403, "text/html", "<html>403</html>"));
        await Assert.ThrowsAsync<SourceDownException>(() => FetchAsync(registry, One));
    }

    public void Dispose() => http.Dispose();

    private async Task<List<FetchedRecord>> FetchAsync(LoopbackRegistry registry, params string[] ids)
    {
        var source = new ClinicalTrialsSource(http, new ClinicalTrialsOptions { BaseAddress = registry.Address }, []);
        var fetched = new List<FetchedRecord>();
        await foreach (var record in source.FetchAsync([.. ids.Select(Id)], archive, new DriftTally(), CancellationToken.None))
        {
            fetched.Add(record);
        }

        return fetched;
    }

    /// <summary>Has these studies; the first also answers to its former number.</summary>
    private static Func<HttpRequest, (int, string, string)> Registry(params string[] held) => request =>
        request.Query["filter.ids"].ToString() is { Length: > 0 } asked ? Json(Page([.. asked.Split(',').Where(held.Contains)]))
        : request.Path.Value!.Split('/')[^1] is var id && held.Contains(id) ? Json(Studies.Study(id))
        : id == Former ? (301, "", $"/api/v2/studies/{held[0]}?format=json")
        : Text(404, $"NCT number {id} not found");

    private static string Page(string[] ids, string? next = null) =>
        $"{{\"totalCount\":{ids.Length},\"studies\":[{string.Join(',', ids.Select(id => Studies.Study(id)))}]{(next is null ? "" : $",\"nextPageToken\":\"{next}\"")}}}";

    private static RecordId Id(string text) => RecordId.TryParse(text, out var id) ? id : default;

    private static string[] Given(IEnumerable<FetchedRecord> fetched) => Studies.Ids(fetched.OfType<GivenRecord>().Select(given => given.Reading));
}
