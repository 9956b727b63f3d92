using System.Globalization;
using System.Net;
using CarTIngest.Records;
using CarTIngest.Sources;
using CarTIngest.Sources.PubMed;
using CarTIngest.Tests.Sources.Http;

namespace CarTIngest.Tests.Sources.PubMed;

public sealed class PubMedFetchTests
{
    [Fact]
    public async Task Fetches_in_batches_and_keeps_each_answer_before_it_is_read()
    {
        await using var entrez = await new ScriptedEntrez { Corpus = [.. Enumerable.Range(1, 450).Select(n => (long)n)] }.StartAsync();
        var archive = new ListArchive();
        var (records, _) = await FetchAsync(entrez, Enumerable.Range(1, 450).Select(n => (long)n), archive);

        Assert.Equal([200, 200, 50], entrez.Calls.Select(call => call.Form["id"].Split(',').Length));
        Assert.Equal(450, records.OfType<Given>().Count());
        Assert.Equal(3, archive.Kept.Count);
        Assert.All(records.OfType<Given>(), given => Assert.Contains(archive.Kept, kept => ContentHash.Of(kept.Body.Span) == given.Payload));
        Assert.Equal("Invented cells 7", records.OfType<Given>().Single(given => given.Id == "pmid:7").Title);
    }

    [Fact]
    [Trait("Silent", "E18")]
    public async Task E18_what_a_batch_leaves_out_is_asked_for_singly_twice_and_then_not_given()
    {
        await using var entrez = await new ScriptedEntrez { Corpus = [1, 2, 3] }.StartAsync();
        entrez.Script = call => call.Form["id"] == "1,2,3,4" ? new ScriptedEntrez.Reply(ScriptedEntrez.Articles(1, 3)) : null;
        var (records, _) = await FetchAsync(entrez, [1, 2, 3, 4], new ListArchive());

        Assert.Equal(["pmid:1", "pmid:3", "pmid:2"], records.OfType<Given>().Select(given => given.Id));
        Assert.Equal("pmid:4", Assert.Single(records.OfType<NotGivenRecord>()).Asked.Text);
        Assert.Equal(["1,2,3,4", "2", "4", "4"], entrez.Calls.Select(call => call.Form["id"]));
    }

    [Fact]
    [Trait("Silent", "E9")]
    public async Task E9_an_id_that_pubmed_says_is_none_is_not_given()
    {
        await using var entrez = await new ScriptedEntrez { Corpus = [1] }.StartAsync();
        entrez.Script = call => call.Form["id"] == "2" ? new ScriptedEntrez.Reply("<eFetchResult><ERROR>ID list is empty! Possibly it has no correct IDs.</ERROR></eFetchResult>", HttpStatusCode.BadRequest) : null;
        var (records, _) = await FetchAsync(entrez, [1, 2], new ListArchive());
        Assert.Single(records.OfType<Given>());
        Assert.Equal("pmid:2", Assert.Single(records.OfType<NotGivenRecord>()).Asked.Text);
        Assert.Equal(3, entrez.Calls.Count);
    }

    [Fact]
    [Trait("Silent", "E19")]
    public async Task E19_a_damaged_batch_is_halved_until_the_damage_stands_alone_and_is_read_as_unreadable()
    {
        await using var entrez = await new ScriptedEntrez { Corpus = [1, 2, 3, 4, 5, 6, 7, 8] }.StartAsync();
        entrez.Script = call => call.Form["id"].Split(',').Contains("6")
            ? new ScriptedEntrez.Reply(ScriptedEntrez.Articles(call.Form["id"].Split(',').Select(id => long.Parse(id, CultureInfo.InvariantCulture)))
                .Replace("Invented cells 6", "Invented &#x1; cells", StringComparison.Ordinal))
            : null;
        var (records, _) = await FetchAsync(entrez, [1, 2, 3, 4, 5, 6, 7, 8], new ListArchive());

        Assert.Equal(7, records.OfType<Given>().Count(given => given.Title is not null));
        Assert.Equal("pmid:6", Assert.Single(records.OfType<Given>(), given => given.Title is null).Id);
        Assert.Empty(records.OfType<NotGivenRecord>());
    }

    [Fact]
    [Trait("Silent", "E17")]
    public async Task E17_a_batch_that_always_breaks_off_is_fetched_in_smaller_ones()
    {
        await using var entrez = await new ScriptedEntrez { Corpus = [1, 2, 3, 4] }.StartAsync();
        entrez.Script = call => call.Form["id"].Split(',').Length > 2 ? new ScriptedEntrez.Reply(ScriptedEntrez.Articles(1, 2, 3, 4)[..300]) : null;
        var (records, _) = await FetchAsync(entrez, [1, 2, 3, 4], new ListArchive());
        Assert.Equal(4, records.OfType<Given>().Count());
        Assert.Equal(["1,2", "3,4"], entrez.Calls.TakeLast(2).Select(call => call.Form["id"]));
    }

    [Fact]
    public async Task Records_nobody_asked_for_are_counted_as_drift_and_passed_over_and_all_versions_of_one_come()
    {
        await using var entrez = await new ScriptedEntrez().StartAsync();
        entrez.Script = _ => new ScriptedEntrez.Reply(ScriptedEntrez.Articles(1, 77, 1));
        var (records, drift) = await FetchAsync(entrez, [1], new ListArchive());
        Assert.Equal(["pmid:1", "pmid:1"], records.OfType<Given>().Select(given => given.Id));
        Assert.Equal(1, drift.Counts["efetch/unasked"]);
    }

    [Fact]
    public async Task A_host_that_refuses_to_the_last_try_is_down()
    {
        await using var entrez = await new ScriptedEntrez().StartAsync();
        entrez.Script = _ => new ScriptedEntrez.Reply("<eFetchResult><ERROR>proxy_stream(): 502</ERROR></eFetchResult>", HttpStatusCode.BadRequest);
        var down = await Assert.ThrowsAsync<SourceDownException>(() => FetchAsync(entrez, [1], new ListArchive()));
        Assert.Contains("proxy_stream", down.Message, StringComparison.Ordinal);
        Assert.Equal(8, entrez.Calls.Count);
    }

    [Fact]
    public async Task An_id_of_another_source_is_refused_before_anything_is_sent()
    {
        await using var entrez = await new ScriptedEntrez().StartAsync();
        await using var client = new HttpUnderTest();
        Assert.True(RecordId.TryParse("nct:NCT01234567", out var trial));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Source(client, entrez).FetchAsync([trial], new ListArchive(), new DriftTally(), CancellationToken.None).GetAsyncEnumerator().MoveNextAsync());
        Assert.Empty(entrez.Calls);
    }

    private static PubMedSource Source(HttpUnderTest client, ScriptedEntrez entrez) => new(client.Http, entrez.Options, [], TimeProvider.System);

    /// <summary>Copies what is valid only until the next reading.</summary>
    private static async Task<(List<FetchedRecord> Records, DriftTally Drift)> FetchAsync(ScriptedEntrez entrez, IEnumerable<long> ids, ListArchive archive)
    {
        await using var client = new HttpUnderTest();
        var drift = new DriftTally();
        var asked = ids.Select(id => RecordId.TryParse($"pmid:{id}", out var record) ? record : default).ToList();
        var records = new List<FetchedRecord>();
        await foreach (var record in Source(client, entrez).FetchAsync(asked, archive, drift, CancellationToken.None))
        {
            records.Add(record is GivenRecord given ? new Given(given.Reading, given.Payload) : record);
        }

        return (records, drift);
    }

    private sealed record Given : FetchedRecord
    {
        public Given(Reading reading, ContentHash payload)
        {
            Payload = payload;
            Id = (reading is ReadRecord read ? read.Record.Id : ((UnreadableRecord)reading).Id)?.Text;
            Title = ((reading as ReadRecord)?.Record as Publication)?.Title;
        }

        public string? Id { get; }

        public string? Title { get; }

        public ContentHash Payload { get; }
    }
}
