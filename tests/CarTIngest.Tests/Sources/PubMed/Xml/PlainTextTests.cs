namespace CarTIngest.Tests.Sources.PubMed.Xml;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("H<sub>2</sub>O and m<sup>2</sup>", "H2O and m2")]
    [InlineData("<b>P</b>&lt;0.001 &amp; &gt;1", "P<0.001 & >1")]
    [InlineData("<i>a</i> <b>b</b>\n  <u>c</u>", "a b c")]
    [InlineData("<i>a </i> <b> b</b>", "a b")]
    [InlineData("<i>a</i><b>b</b>", "ab")]
    [InlineData("  a\u00A0\u2003\t b\u2028c\u0085 ", "a b c")]
    [InlineData("a&#160;&#x2009;b", "a b")]
    [InlineData("CD<!-- no -->33 <?nihms what?>cells", "CD33 cells")]
    [InlineData("<![CDATA[<PubmedArticle> & ]]>x", "<PubmedArticle> & x")]
    [InlineData("x <mml:math xmlns:mml=\"http://www.w3.org/1998/Math/MathML\"><mml:mrow><mml:mi>n</mml:mi><mml:mo>=</mml:mo><mml:mn>3</mml:mn></mml:mrow></mml:math> y", "x n=3 y")]
    [InlineData("x <DispFormula><mml:math><mml:mi>n</mml:mi></mml:math></DispFormula>", "x n")]
    [InlineData("&#x1D6FC; &#x200B;z", "\U0001D6FC \u200Bz")]
    [InlineData("", "")]
    public async Task Flattens_markup_to_its_characters(string markup, string text)
    {
        var publication = await Fixture.OnlyAsync(Fixture.Article(99000001,
            $"<ArticleTitle>{markup}</ArticleTitle><Abstract><AbstractText Label=\" A\u00A0 B \">{markup}</AbstractText></Abstract>"));

        Assert.Equal(text, publication.Title);
        Assert.Equal(("A B", text), (publication.Abstract[0].Label, publication.Abstract[0].Text));
    }

    [Fact]
    public async Task Knows_the_prefixes_that_the_root_declares()
    {
        var document = Fixture.Set(Fixture.Article(1, "<ArticleTitle>a<x:b>c</x:b></ArticleTitle>"))
            .Replace("<PubmedArticleSet>", "<PubmedArticleSet xmlns:x='urn:x' note=\"a > b\">", StringComparison.Ordinal);
        Assert.Equal("ac", Fixture.Publication(Assert.Single(await Fixture.ReadAsync(document))).Title);
    }
}
