using System.Text;

namespace CarTIngest.Tests.Sources.PubMed.Xml;

public sealed class DocumentEncodingTests
{
    private static readonly string Document = Fixture.Set(Fixture.Article(1, "<ArticleTitle>Zellen für 5 €</ArticleTitle>"));

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public async Task Reads_a_document_with_a_byte_order_mark(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        await ReadsAsync([.. encoding.GetPreamble(), .. encoding.GetBytes(Document)], "Zellen für 5 €");
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public Task Reads_wide_characters_without_a_mark(string name) => ReadsAsync(Encoding.GetEncoding(name).GetBytes(Document), "Zellen für 5 €");

    [Theory]
    [InlineData("ISO-8859-1", "Zellen für 5 ?")]
    [InlineData("windows-1252", "Zellen für 5 €")]
    [InlineData("iso-8859-15", "Zellen für 5 €")]
    public async Task Reads_what_the_declaration_says(string name, string title)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        await ReadsAsync(encoding.GetBytes(Document.Replace("?>", $" encoding=\"{name}\"?>", StringComparison.Ordinal)), title);
    }

    [Theory]
    [InlineData("US-ASCII")]
    [InlineData("UTF-16")]
    [InlineData("utf8")]
    public Task Believes_the_bytes_where_the_declaration_cannot_be_true(string name) =>
        ReadsAsync(Encoding.UTF8.GetBytes(Document.Replace("?>", $" encoding='{name}' ?>", StringComparison.Ordinal)), "Zellen für 5 €");

    [Fact]
    public async Task Says_that_an_encoding_is_not_known()
    {
        var reading = Assert.Single(await Fixture.ReadAsync(Document.Replace("?>", " encoding=\"x-invented\"?>", StringComparison.Ordinal)));
        Assert.Equal("The file declares an encoding that is not known: x-invented.", Fixture.Unreadable(reading).Reason);
    }

    [Fact]
    public async Task Cannot_read_a_record_whose_bytes_are_not_UTF8()
    {
        var document = Encoding.Latin1.GetBytes(Fixture.Set(Fixture.Article(1, "<ArticleTitle>f\u00FCr</ArticleTitle>"), Fixture.Article(2)));
        var readings = await Fixture.ReadAsync(document);
        Assert.Equal("! 2", Fixture.Sketch(readings));
        Assert.Equal("pmid:1", Fixture.Unreadable(readings[0]).Id?.Text);
    }

    [Fact]
    public async Task Half_a_wide_character_breaks_the_record_that_holds_it_and_no_other()
    {
        var (before, behind) = (Fixture.Set(Fixture.Article(1), Fixture.Article(2, "<ArticleTitle>|</ArticleTitle>"), Fixture.Article(3)).Split('|') is [var one, var other] ? (one, other) : default);
        byte[] document = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(before), 0x00, 0xDC, .. Encoding.Unicode.GetBytes(behind)];
        var readings = await Fixture.ReadAsync(document);
        Assert.Equal("1 ! 3", Fixture.Sketch(readings));
        Assert.Equal("The record holds bytes that are not in the encoding that the file declares.", Fixture.Unreadable(readings[1]).Reason);
    }

    private static async Task ReadsAsync(byte[] document, string title) =>
        Assert.Equal(title, Fixture.Publication(Assert.Single(await Fixture.ReadAsync(document))).Title);
}
