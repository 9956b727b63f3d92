namespace CarTIngest.Tests.Sources.PubMed.Xml;

public sealed class IdentifierPartTests
{
    private const string Listed = "<ArticleIdList><ArticleId IdType=\"doi\">broken</ArticleId><ArticleId IdType=\"doi\">10.5555/Listed</ArticleId></ArticleIdList>";

    private const string Cited = """
        <ReferenceList><Reference><Citation>C</Citation><ArticleIdList><ArticleId IdType="doi">10.5555/cited</ArticleId><ArticleId IdType="pmc">PMC1</ArticleId></ArticleIdList></Reference></ReferenceList>
        """;

    [Theory]
    [InlineData("<ELocationID EIdType=\"doi\" ValidYN=\"Y\">10.5555/A</ELocationID>", Listed, "10.5555/a")]
    [InlineData("<ELocationID EIdType=\"doi\">doi:10.5555/A</ELocationID>", Listed, "10.5555/a")]
    [InlineData("<ELocationID EIdType=\"doi\" ValidYN=\"N\">10.5555/A</ELocationID><ELocationID EIdType=\"doi\">10.5555/B</ELocationID>", Listed, "10.5555/b")]
    [InlineData("<ELocationID EIdType=\"doi\">not one</ELocationID>", Listed, "10.5555/listed")]
    [InlineData("<ELocationID EIdType=\"pii\">10.5555/A</ELocationID>", Listed, "10.5555/listed")]
    [InlineData("<ELocationID EIdType=\"doi\" ValidYN=\"N\">10.5555/A</ELocationID>", Cited, null)]
    public async Task Takes_the_first_valid_DOI_of_the_record_and_never_a_cited_one(string location, string data, string? doi)
    {
        var publication = await Fixture.OnlyAsync(Fixture.Article(99000001, location, pubmedData: data));
        Assert.Equal((doi, null), (publication.Doi, publication.Pmcid));
    }

    [Fact]
    public async Task Takes_no_PMID_of_a_comment_for_the_record_s_own()
    {
        var record = """
            <PubmedArticle><MedlineCitation><CommentsCorrectionsList><CommentsCorrections RefType="CommentIn"><RefSource>X</RefSource><PMID>7</PMID></CommentsCorrections></CommentsCorrectionsList></MedlineCitation></PubmedArticle>
            """;
        var unreadable = Fixture.Unreadable(Assert.Single(await Fixture.ReadAsync(Fixture.Set(record))));
        Assert.Equal((null, "The record has no MedlineCitation/PMID."), (unreadable.Id, unreadable.Reason));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("")]
    public async Task Cannot_read_a_record_whose_PMID_is_none(string pmid)
    {
        var record = $"<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID></MedlineCitation></PubmedArticle>";
        var unreadable = Fixture.Unreadable(Assert.Single(await Fixture.ReadAsync(Fixture.Set(record))));
        Assert.Equal((null, $"The record's MedlineCitation/PMID is “{pmid}”, which is no PMID."), (unreadable.Id, unreadable.Reason));
        Assert.Equal(record, Fixture.Text(unreadable));
    }

    [Theory]
    [InlineData("<Pagination><MedlinePgn>e12</MedlinePgn></Pagination>", "e12")]
    [InlineData("<Pagination><StartPage>5</StartPage><EndPage>9</EndPage></Pagination>", "5-9")]
    [InlineData("<Pagination><StartPage>5</StartPage><EndPage>9</EndPage><MedlinePgn>5-09</MedlinePgn></Pagination>", "5-09")]
    [InlineData("<Pagination><StartPage>5</StartPage><MedlinePgn/></Pagination>", "5")]
    [InlineData("", null)]
    public async Task Takes_pages_as_written_else_from_start_and_end(string pagination, string? pages) =>
        Assert.Equal(pages, (await Fixture.OnlyAsync(Fixture.Article(99000001, pagination))).Pages);
}
