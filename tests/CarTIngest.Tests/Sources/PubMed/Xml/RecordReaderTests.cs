using System.Text;

namespace CarTIngest.Tests.Sources.PubMed.Xml;

public sealed class RecordReaderTests
{
    [Theory]
    [InlineData("<ArticleTitle>a<b></ArticleTitle>")]
    [InlineData("<ArticleTitle>&lol;</ArticleTitle>")]
    [InlineData("<ArticleTitle>&nbsp;</ArticleTitle>")]
    [InlineData("<ArticleTitle>&#x1;</ArticleTitle>")]
    [InlineData("<ArticleTitle>\u0001</ArticleTitle>")]
    [InlineData("<ArticleTitle>a & b</ArticleTitle>")]
    [InlineData("<ArticleTitle x=1>a</ArticleTitle>")]
    [InlineData("<ArticleTitle x=\"1>a</ArticleTitle>")]
    [InlineData("<ArticleTitle><!-- a</ArticleTitle>")]
    [InlineData("<ArticleTitle><![CDATA[ a</ArticleTitle>")]
    [InlineData("<ArticleTitle><?a</ArticleTitle>")]
    [InlineData("<ArticleTitle><!DOCTYPE a></ArticleTitle>")]
    [InlineData("</Article></MedlineCitation></PubmedArticleX>")]
    public async Task One_bad_record_of_a_hundred_leaves_ninety_nine(string inArticle)
    {
        var records = Enumerable.Range(1, 100).Select(pmid => pmid == 40 ? Fixture.Article(pmid, inArticle) : Fixture.Article(pmid)).ToArray();
        var readings = await Fixture.ReadAsync(Fixture.Set(records));

        Assert.Equal(100, readings.Count);
        var bad = Fixture.Unreadable(Assert.Single(readings, reading => reading is CarTIngest.Records.UnreadableRecord));
        Assert.Equal("pmid:40", bad.Id?.Text);
        Assert.Equal(records[39], Fixture.Text(bad));
        Assert.StartsWith("The record cannot be read as XML: ", bad.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(bad.Reason, char.IsControl);
    }

    [Fact]
    public async Task A_record_without_its_end_tag_ends_where_the_next_begins()
    {
        var open = Fixture.Article(2).Replace("</PubmedArticle>", "", StringComparison.Ordinal);
        var readings = await Fixture.ReadAsync(Fixture.Set(Fixture.Article(1), open, Fixture.Article(3), open));
        Assert.Equal("1 ! 3 !", Fixture.Sketch(readings));
        Assert.All([readings[1], readings[3]], reading => Assert.Equal("pmid:2", Fixture.Unreadable(reading).Id?.Text));
    }

    [Fact]
    public async Task No_damaged_byte_reaches_the_records_beside_it()
    {
        var head = Fixture.Set(Fixture.Article(1)).Replace("\n</PubmedArticleSet>\n", "\n", StringComparison.Ordinal);
        var record = Fixture.Article(2, "<ArticleTitle>a &amp; <i>b</i></ArticleTitle>");
        var document = Encoding.UTF8.GetBytes($"{head}{record}\n{Fixture.Article(3)}</PubmedArticleSet>");
        for (var at = head.Length; at < head.Length + record.Length; at++)
        {
            foreach (var damage in "<>&!?/\"'-]x \0\u0080"u8.ToArray())
            {
                var damaged = document.ToArray();
                damaged[at] = damage;
                var sketch = Fixture.Sketch(await Fixture.ReadAsync(damaged));
                Assert.True(sketch.StartsWith("1 ", StringComparison.Ordinal) && sketch.EndsWith(" 3", StringComparison.Ordinal), $"{(char)damage} at {at - head.Length}: {sketch}");
            }
        }
    }

    [Theory]
    [InlineData("<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">")]
    [InlineData("<!ENTITY c SYSTEM \"file:///etc/hostname\">")]
    [InlineData("<!ENTITY % c SYSTEM \"http://127.0.0.1:9/x.dtd\"> %c;")]
    public async Task Expands_and_fetches_nothing_that_a_document_declares(string subset)
    {
        var document = $"<!DOCTYPE PubmedArticleSet [{subset}]><PubmedArticleSet>{Fixture.Article(1, "<ArticleTitle>&c;</ArticleTitle>")}{Fixture.Article(2)}</PubmedArticleSet>";
        Assert.Equal("! 2", Fixture.Sketch(await Fixture.ReadAsync(document)));
    }

    [Theory]
    [InlineData(200, "1 2")]
    [InlineData(2000, "! 2")]
    public async Task Refuses_a_record_nested_deeper_than_any_real_one(int levels, string sketch)
    {
        var nest = string.Concat(Enumerable.Repeat("<i>", levels)) + "x" + string.Concat(Enumerable.Repeat("</i>", levels));
        var document = Fixture.Set(Fixture.Article(1, "", behindArticle: $"<GeneralNote>{nest}</GeneralNote>"), Fixture.Article(2));
        Assert.Equal(sketch, Fixture.Sketch(await Fixture.ReadAsync(document)));
    }

    [Fact]
    public async Task Skips_a_record_over_its_cap_and_goes_on()
    {
        var filler = new string('x', 33 * 1024 * 1024);
        var readings = await Fixture.ReadAsync(Fixture.Set(Fixture.Article(1), Fixture.Article(2, $"<ArticleTitle>{filler}</ArticleTitle>"), Fixture.Article(3)));
        Assert.Equal("1 ! 3", Fixture.Sketch(readings));
        var large = Fixture.Unreadable(readings[1]);
        Assert.Equal(("pmid:2", "A PubmedArticle is larger than the 32 MiB that one record may have.", 64 * 1024), (large.Id?.Text, large.Reason, large.Bytes.Length));
    }
}
