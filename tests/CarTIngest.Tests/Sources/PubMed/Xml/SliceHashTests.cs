using CarTIngest.Records;

namespace CarTIngest.Tests.Sources.PubMed.Xml;

public sealed class SliceHashTests
{
    private const string Compact = "<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>a <i>b</i> <b>c</b></ArticleTitle></Article></MedlineCitation></PubmedArticle>";

    private const string Indented = """
        <PubmedArticle>
          <MedlineCitation>
        	<PMID>1</PMID>
            <Article><ArticleTitle>a <i>b</i> <b>c</b></ArticleTitle>

            </Article>
          </MedlineCitation>
        </PubmedArticle>
        """;

    [Fact]
    public async Task Is_the_same_for_an_indented_and_a_compact_copy()
    {
        Assert.Equal(await OfAsync(Compact), await OfAsync(Indented));
        Assert.Equal(await OfAsync(Compact), await OfAsync(Indented.Replace("\n", "\r\n", StringComparison.Ordinal)));
        Assert.Equal(ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(Compact)), await OfAsync(Compact));
    }

    [Theory]
    [InlineData("</i> <b>", "</i><b>")]
    [InlineData("a <i>", "a  <i>")]
    [InlineData(">1<", ">1 <")]
    [InlineData("<PMID>", "<PMID Version=\"1\">")]
    public async Task Changes_with_every_other_byte(string from, string to) =>
        Assert.NotEqual(await OfAsync(Compact), await OfAsync(Compact.Replace(from, to, StringComparison.Ordinal)));

    [Fact]
    public async Task Covers_records_larger_than_what_is_staged()
    {
        var large = Compact.Replace(">a <", $">{new string('x', 10_000)}<", StringComparison.Ordinal);
        Assert.Equal(ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(large)), await OfAsync(large));
        Assert.Equal(await OfAsync(large), await OfAsync(large.Replace("<PMID>", "\n\n  <PMID>", StringComparison.Ordinal)));
    }

    private static async Task<ContentHash> OfAsync(string record) =>
        Assert.IsType<ReadRecord>(Assert.Single(await Fixture.ReadAsync(Fixture.Set(record)))).Hash;
}
