using System.Net;
using CarTIngest.Records;
using CarTIngest.Rehearsal.Server;
using static CarTIngest.Tests.Rehearsal.RecordedNights;

namespace CarTIngest.Tests.Rehearsal.EUtils;

public sealed class EFetchTests
{
    private static readonly string Marked = Article(90000001, title: "H<sub>2</sub>O &#x3b1; <!-- <PMID> --> <![CDATA[</PubmedArticle>]]>  <mml:math xmlns:mml=\"http://www.w3.org/1998/Math/MathML\"><mml:mi a='>'/></mml:math>");

    private static RecordedNights Scripted() => new RecordedNights().Update(First, Marked, Article(90000002), Article(90000003), Book(90000004));

    private static IReadOnlySet<Pmid> Set(string pmid) => Pmid.TryParse(pmid, out var id) ? new HashSet<Pmid> { id } : throw new ArgumentException(pmid);

    [Fact]
    public async Task Gives_records_verbatim_highest_first_and_books_among_them()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());

        using var answer = await standIn.EUtilsAsync("efetch.fcgi?db=pubmed&id=90000001,90000004,90000001");
        var body = await answer.Content.ReadAsStringAsync();

        Assert.Contains("<!DOCTYPE PubmedArticleSet PUBLIC", body, StringComparison.Ordinal);
        Assert.Contains(Marked, body, StringComparison.Ordinal);
        Assert.Equal("90000004 90000001", StandIn.Pmids(await standIn.FetchAsync("90000001,90000004,90000001")));
    }

    [Fact]
    public async Task Leaves_out_what_is_unknown_deleted_or_malformed()
    {
        await using var standIn = await StandIn.StartAsync(Scripted().Update(Second, Delete(90000003)));
        standIn.Server.MoveTo(Second);

        Assert.Equal("90000002", StandIn.Pmids(await standIn.FetchAsync("90000002,90000003,12,x,0")));
        Assert.Empty((await standIn.FetchAsync("12")).Elements());
    }

    [Fact]
    public async Task Gives_the_highest_version_whatever_came_last()
    {
        await using var standIn = await StandIn.StartAsync(new RecordedNights()
            .Update(First, Article(90000001, version: 2, title: "Second"), Article(90000002, version: 2))
            .Update(Second, Article(90000001, version: 1, title: "First"), Delete(90000002)));
        standIn.Server.MoveTo(Second);

        // The deletion names version 1; version 2 stays.
        Assert.Equal("90000002 90000001", StandIn.Pmids(await standIn.FetchAsync("90000001,90000002")));
        Assert.Contains("Second", (await standIn.FetchAsync("90000001")).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Some_ids_come_only_singly_and_some_never()
    {
        var settings = new RehearsalSettings { PubMedRequestsPerSecond = 300, FetchedOnlySingly = Set("90000001"), NeverFetched = Set("90000002") };
        await using var standIn = await StandIn.StartAsync(Scripted(), settings);

        Assert.Equal("90000004 90000003 90000002 90000001", await standIn.IdsAsync("x"));
        Assert.Equal("90000003", StandIn.Pmids(await standIn.FetchAsync("90000001,90000002,90000003")));
        Assert.Equal("90000001", StandIn.Pmids(await standIn.FetchAsync("90000001")));
        Assert.Empty((await standIn.FetchAsync("90000002")).Elements());
    }

    [Theory]
    [InlineData("db=pubmed&id=00000000", "ID list is empty! Possibly it has no correct IDs.")]
    [InlineData("db=pubmed", "ID list is empty!")]
    [InlineData("db=pubmed&WebEnv=MCID_0&query_key=1", "Cannot retrieve history data.")]
    [InlineData("id=90000001", "Mandatory parameter: db - is omitted")]
    public async Task Refuses_with_400(string query, string error)
    {
        await using var standIn = await StandIn.StartAsync(Scripted());

        using var answer = await standIn.EUtilsAsync($"efetch.fcgi?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(error, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rettype_full_is_empty_and_json_is_a_list_of_ids()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());

        using var full = await standIn.EUtilsAsync("efetch.fcgi?db=pubmed&id=90000001&retmode=xml&rettype=full");
        using var json = await standIn.EUtilsAsync("efetch.fcgi?db=pubmed&id=90000001,90000002&retmode=json");

        Assert.Equal("", await full.Content.ReadAsStringAsync());
        Assert.Equal("90000002\n90000001\n", await json.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Pages_through_a_kept_search_and_refuses_to_go_past_its_end()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());
        var kept = await standIn.SearchAsync("x", "&usehistory=y");
        var address = $"efetch.fcgi?db=pubmed&retmode=xml&WebEnv={kept.Element("WebEnv")!.Value}&query_key={kept.Element("QueryKey")!.Value}";

        using var page = await standIn.EUtilsAsync($"{address}&retstart=1&retmax=2");
        using var beyond = await standIn.EUtilsAsync($"{address}&retstart=4&retmax=2");

        Assert.Equal("90000003 90000002", StandIn.Pmids(System.Xml.Linq.XElement.Parse(await page.Content.ReadAsStringAsync())));
        Assert.Equal(HttpStatusCode.BadRequest, beyond.StatusCode);
        Assert.Contains("OUT OF RANGE. Parameter retstart=4 + 1", await beyond.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_posted_list_is_kept_and_can_be_fetched()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());

        using var posted = await standIn.PostAsync("epost.fcgi", ("db", "pubmed"), ("id", "90000002,x"));
        using var nothing = await standIn.PostAsync("epost.fcgi", ("db", "pubmed"), ("id", "x"));
        var kept = System.Xml.Linq.XDocument.Parse(await posted.Content.ReadAsStringAsync()).Root!;

        Assert.Equal("1", kept.Element("QueryKey")!.Value);
        Assert.Equal("90000002", await standIn.IdsAsync("#1", $"&WebEnv={kept.Element("WebEnv")!.Value}"));
        Assert.Contains("Empty ID list; Nothing to store", await nothing.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_thousand_ids_fit_into_one_post()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());

        Assert.Equal(4, (await standIn.FetchAsync(string.Join(',', Enumerable.Range(89995000, 9_000)))).Elements().Count());
    }

    [Fact]
    public async Task Elink_knows_who_cites_by_the_corpus_own_reference_lists()
    {
        const string References = "<ReferenceList><Reference><ArticleIdList><ArticleId IdType=\"pubmed\">90000001</ArticleId></ArticleIdList></Reference></ReferenceList>";
        await using var standIn = await StandIn.StartAsync(new RecordedNights().Update(
            RecordedNights.First, RecordedNights.Article(90000001), RecordedNights.Article(90000002).Replace("<History>", $"{References}<History>", StringComparison.Ordinal), RecordedNights.Article(90000003)));

        using var answer = await standIn.EUtilsAsync("elink.fcgi?dbfrom=pubmed&db=pubmed&linkname=pubmed_pubmed_citedin&id=90000001&id=90000003");
        var links = System.Xml.Linq.XDocument.Parse(await answer.Content.ReadAsStringAsync()).Root!.Element("LinkSet")!.Element("LinkSetDb")!;

        Assert.Equal(("pubmed_pubmed_citedin", "90000002"), (links.Element("LinkName")!.Value, links.Element("Link")!.Element("Id")!.Value));
    }

    [Fact]
    public async Task A_trials_number_finds_what_names_it_and_a_word_finds_everything()
    {
        await using var standIn = await StandIn.StartAsync(new RecordedNights().Update(
            RecordedNights.First, RecordedNights.Article(90000001, title: "Cells of NCT99000001"), RecordedNights.Article(90000002, title: "Cells of NCT99000002")));

        Assert.Equal("90000001", await standIn.IdsAsync("NCT99000001[si] OR NCT99000001[tiab]"));
        Assert.Equal("90000002 90000001", await standIn.IdsAsync("NCT0*[tiab]"));
        Assert.Equal("90000002 90000001", await standIn.IdsAsync("(cells[tiab]) OR (NCT99000001[si])"));
    }

    [Fact]
    public async Task Elink_gives_link_sets_without_links()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());

        using var answer = await standIn.EUtilsAsync("elink.fcgi?dbfrom=pubmed&db=pubmed&linkname=pubmed_pubmed_refs&id=90000001&id=90000002");
        var set = System.Xml.Linq.XDocument.Parse(await answer.Content.ReadAsStringAsync()).Root!.Element("LinkSet")!;

        Assert.Equal(["90000001", "90000002"], set.Element("IdList")!.Elements("Id").Select(id => id.Value));
        Assert.Null(set.Element("LinkSetDb"));
    }
}
