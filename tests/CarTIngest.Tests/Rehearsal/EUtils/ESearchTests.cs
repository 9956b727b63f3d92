using System.Net;
using System.Text.Json;
using CarTIngest.Rehearsal.Server;
using static CarTIngest.Tests.Rehearsal.RecordedNights;

namespace CarTIngest.Tests.Rehearsal.EUtils;

public sealed class ESearchTests
{
    private const string Everything = "90000005 90000004 90000003 90000002 90000001";

    // 1: plain. 2: late entry, EDAT years before CRDT. 3: MeSH from the start. 4: a book. 5: comes on the second night; then 1 gets MeSH and 2 a revision.
    private static RecordedNights Scripted() => new RecordedNights()
        .Update(First, Article(90000001), Article(90000002, entrez: "2031/2/26", pubmed: "2025/6/1"), Article(90000003, mesh: Mesh), Book(90000004))
        .Update(Second, Article(90000005, entrez: "2031/3/2", pubmed: "2031/3/2"), Article(90000001, mesh: Mesh), Article(90000002, version: 2));

    private static async Task<StandIn> OnTheSecondNightAsync(RehearsalSettings? settings = null)
    {
        var standIn = await StandIn.StartAsync(Scripted(), settings);
        standIn.Server.MoveTo(Second);
        return standIn;
    }

    [Theory]
    [InlineData("leukemia", Everything)]
    [InlineData("(\"chimeric antigen receptor\"[tiab:~0] OR CAR-T[tiab]) AND leukemia[mh:noexp] NOT review[pt]", Everything)]
    [InlineData("leukemia AND 90000002:90000003[UID]", "90000003 90000002")]
    [InlineData("(leukemia) AND 90000002 : 90000003 [uid]", "90000003 90000002")]
    [InlineData("90000001[uid] OR 90000003[pmid] OR 1[pmid]", "90000003 90000001")]
    [InlineData("90000001,90000004", "90000004 90000001")]
    [InlineData("90000001 OR 90000004", "90000004 90000001")]
    [InlineData("leukemia AND (\"2031/02/26\"[CRDT] : \"2031/02/26\"[CRDT])", "")]
    [InlineData("leukemia AND (\"2031/02/27\"[CRDT] : \"2031/02/28\"[CRDT])", "90000003 90000002 90000001")]
    [InlineData("2031/3/2[crdt]", "90000005")]
    [InlineData("leukemia AND 2031/03/02:3000[edat]", "90000005")]
    [InlineData("leukemia AND (\"2031/03/02\"[MDAT] : \"2031/03/02\"[MDAT])", "90000005 90000002 90000001")]
    [InlineData("leukemia AND (2031/03[mdat]:2031/03[mdat])", Everything)]
    [InlineData("leukemia AND \"2031/03/01\"[MHDA]:\"2031/03/01\"[MHDA]", "90000003")]
    [InlineData("leukemia AND (\"2031/03/02\"[MHDA] : \"2031/03/02\"[MHDA])", "90000001")]
    [InlineData("leukemia AND (2031/03/02[crdt] OR 2031/03/02[mhda])", "90000005 90000001")]
    [InlineData("leukemia AND 2031/03/02[mdat] AND 2031/03/02[mhda]", "90000001")]
    [InlineData("leukemia NOT 90000002:90000009[uid]", "90000001")]
    public async Task Finds_the_whole_corpus_but_for_ids_and_dates(string term, string ids)
    {
        await using var standIn = await OnTheSecondNightAsync();

        Assert.Equal(ids, await standIn.IdsAsync(term));
    }

    [Fact]
    public async Task A_late_entry_is_found_by_its_creation_and_not_by_its_entrez_date()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());

        Assert.Equal("90000002", await standIn.IdsAsync("x AND 2031/02/26[crdt]"));
        Assert.Equal("90000002", await standIn.IdsAsync("x AND 2025[edat]"));
    }

    [Fact]
    public async Task A_quiet_search_has_the_shape_of_the_real_one()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());

        var found = await standIn.SearchAsync("77777[uid]");

        Assert.Equal("0", found.Element("Count")!.Value);
        Assert.Equal("0", found.Element("RetMax")!.Value);
        Assert.Empty(found.Element("IdList")!.Elements());
        Assert.NotNull(found.Element("QueryTranslation"));
        Assert.Equal("77777[uid]", found.Element("ErrorList")!.Element("PhraseNotFound")!.Value);
        Assert.Equal("No items found.", found.Element("WarningList")!.Element("OutputMessage")!.Value);
    }

    [Fact]
    public async Task An_unknown_tag_is_reported_and_searched_everywhere()
    {
        await using var standIn = await OnTheSecondNightAsync();

        var found = await standIn.SearchAsync("leukemia[bogus]");

        Assert.Equal("5", found.Element("Count")!.Value);
        Assert.Equal("bogus", found.Element("ErrorList")!.Element("FieldNotFound")!.Value);
        Assert.Equal("leukemia[bogus]", found.Element("QueryTranslation")!.Value);
    }

    [Theory]
    [InlineData("db=fleegle&term=x", "Invalid db name specified: fleegle")]
    [InlineData("db=pubmed", "Empty term and query_key")]
    [InlineData("db=pubmed&term=((", "Search Backend failed")]
    [InlineData("db=pubmed&term=x&WebEnv=MCID_0&query_key=1", "Unable to obtain query #1")]
    public async Task Says_what_is_wrong_in_a_200(string query, string error)
    {
        await using var standIn = await StandIn.StartAsync(Scripted());

        using var answer = await standIn.EUtilsAsync($"esearch.fcgi?{query}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains($"<eSearchResult><ERROR>{error}", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_by_retstart_and_retmax_and_takes_any_sort_and_any_unknown_parameter()
    {
        await using var standIn = await OnTheSecondNightAsync();

        Assert.Equal("90000004 90000003", await standIn.IdsAsync("x", "&retstart=1&retmax=2&sort=pub_date&mindat=2031"));
        Assert.Equal("5", (await standIn.SearchAsync("x", "&rettype=count")).Element("Count")!.Value);
    }

    [Theory]
    [InlineData("&datetype=mdat&mindate=2031/03/02&maxdate=2031/03/02", "90000005 90000002 90000001")]
    [InlineData("&datetype=edat&mindate=2031/3/1&maxdate=3000", "90000005")]
    [InlineData("&datetype=mdat&mindate=2031/03/02", Everything)]
    [InlineData("&datetype=crdt&mindate=2025&maxdate=2025", Everything)]
    public async Task Honours_documented_date_types_only_and_with_both_bounds(string more, string ids)
    {
        await using var standIn = await OnTheSecondNightAsync();

        Assert.Equal(ids, await standIn.IdsAsync("leukemia", more));
    }

    [Fact]
    public async Task Twenty_ids_are_listed_unless_more_are_asked_for()
    {
        await using var standIn = await StandIn.StartAsync(new RecordedNights().Update(First, [.. Enumerable.Range(90000001, 25).Select(pmid => Article(pmid))]));

        Assert.Equal(20, (await standIn.SearchAsync("x")).Element("IdList")!.Elements().Count());
        Assert.Equal(25, (await standIn.SearchAsync("x", "&retmax=10000")).Element("IdList")!.Elements().Count());
    }

    [Fact]
    public async Task Lists_no_further_than_the_cap_and_still_tells_the_true_count()
    {
        await using var standIn = await OnTheSecondNightAsync(new RehearsalSettings { PubMedRequestsPerSecond = 300, CapAt = 3 });

        var found = await standIn.SearchAsync("x", "&retmax=100000");
        var last = await standIn.SearchAsync("x", "&retstart=2&retmax=10");
        var beyond = await standIn.SearchAsync("x", "&retstart=3");

        Assert.Equal("5", found.Element("Count")!.Value);
        Assert.Equal(3, found.Element("IdList")!.Elements().Count());
        Assert.Single(last.Element("IdList")!.Elements());
        Assert.Contains("'retstart' cannot be larger than 2", beyond.Element("ERROR")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_real_cap_is_told_with_a_raw_line_break_in_json()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());

        using var answer = await standIn.EUtilsAsync("esearch.fcgi?term=x&retstart=9999&retmode=json");
        var body = await answer.Content.ReadAsStringAsync();

        Assert.Contains("Exception:\n'retstart' cannot be larger than 9998. For PubMed, ESearch can only retrieve the first 9,999 records", body.Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(body));
    }

    [Fact]
    public async Task Json_has_lower_case_keys_and_numbers_as_text()
    {
        await using var standIn = await OnTheSecondNightAsync();

        using var answer = await standIn.EUtilsAsync("esearch.fcgi?term=x&retmode=json&usehistory=y&retmax=1");
        var result = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("esearchresult");

        Assert.Equal("5", result.GetProperty("count").GetString());
        Assert.Equal("90000005", result.GetProperty("idlist")[0].GetString());
        Assert.StartsWith("MCID_", result.GetProperty("webenv").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_term_by_form_post_is_the_same_as_by_address()
    {
        await using var standIn = await OnTheSecondNightAsync();

        using var answer = await standIn.PostAsync("esearch.fcgi", ("db", "pubmed"), ("term", "x AND 90000005[uid]"));

        Assert.Contains("<Count>1</Count>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
