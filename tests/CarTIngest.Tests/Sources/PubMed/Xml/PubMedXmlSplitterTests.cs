using System.IO.Compression;
using System.Text;

namespace CarTIngest.Tests.Sources.PubMed.Xml;

public sealed class PubMedXmlSplitterTests
{
    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData(" \r\n\t ", "The file holds only white space.")]
    [InlineData("\uFEFF", "The file is empty.")]
    [InlineData("<?xml version=\"1.0\"?>\n<!DOCTYPE PubmedArticleSet>\n<!-- none -->", "The file holds a prolog and no root element.")]
    [InlineData("<!DOCTYPE html>\n<HTML><body>Error</body></HTML>", "The file is an HTML page, not PubMed XML.")]
    [InlineData("<?xml version=\"1.0\"?><eFetchResult><ERROR>Cannot retrieve\n history data.</ERROR></eFetchResult>", "The file's root is eFetchResult, not PubmedArticleSet; it says “Cannot retrieve history data.”.")]
    [InlineData("<rss version=\"2.0\"><channel/></rss>", "The file's root is rss, not PubmedArticleSet.")]
    [InlineData("<DeleteCitation><PMID>1</PMID></DeleteCitation>", "The file's root is DeleteCitation, not PubmedArticleSet.")]
    [InlineData("ID list is empty!\n<PubmedArticleSet></PubmedArticleSet>", "The file is no XML; it begins with “ID list is empty! <PubmedArticleSet></PubmedArticleSet>”.")]
    public async Task Says_once_of_a_file_that_holds_no_set_what_it_is(string document, string reason)
    {
        var unreadable = Fixture.Unreadable(Assert.Single(await Fixture.ReadAsync(document)));
        Assert.Equal((null, reason), (unreadable.Id, unreadable.Reason));
    }

    [Theory]
    [InlineData("<PubmedArticleSet></PubmedArticleSet>")]
    [InlineData("<PubmedArticleSet />")]
    [InlineData("\n\n<?xml version=\"1.0\"?><PubmedArticleSet><!-- <PubmedArticle/> --><?x <PubmedArticle/> ?>\n</PubmedArticleSet ><!-- end --><?done?>\n")]
    public async Task Gives_nothing_for_an_empty_set(string document) => Assert.Empty(await Fixture.ReadAsync(document));

    [Fact]
    public async Task Gives_each_record_its_own_bytes_and_where_they_stand()
    {
        var document = "\uFEFF" + Fixture.Set(Fixture.Article(1, "<ArticleTitle>é</ArticleTitle>"), "  " + Fixture.Article(2));
        var bytes = Encoding.UTF8.GetBytes(document);
        foreach (var reading in await Fixture.ReadAsync(document))
        {
            Assert.StartsWith("<PubmedArticle>", Fixture.Text(reading), StringComparison.Ordinal);
            Assert.EndsWith("</PubmedArticle>", Fixture.Text(reading), StringComparison.Ordinal);
            Assert.Equal(reading.Bytes.ToArray(), bytes.AsSpan((int)reading.Offset, reading.Bytes.Length).ToArray());
        }
    }

    [Fact]
    public async Task Reads_a_bare_record_as_root()
    {
        Assert.Equal("1", Fixture.Sketch(await Fixture.ReadAsync(Fixture.Prolog + Fixture.Article(1))));
        Assert.Equal("2", Fixture.Sketch(await Fixture.ReadAsync(Fixture.Book(2, "", "") + "\n")));
    }

    [Fact]
    public async Task Cut_inside_a_CDATA_section_a_record_does_not_swallow_the_next()
    {
        var whole = Fixture.Article(2, "<ArticleTitle><![CDATA[Cells]]></ArticleTitle>");
        var cut = whole.Replace(">2<", ">1<", StringComparison.Ordinal);
        var readings = await Fixture.ReadAsync(Fixture.Set(cut[..(cut.IndexOf("Cells", StringComparison.Ordinal) + 2)], whole, Fixture.Article(3)));
        Assert.Equal("! 2 3", Fixture.Sketch(readings));
        Assert.Equal("pmid:1", Fixture.Unreadable(readings[0]).Id?.Text);
    }

    [Fact]
    public async Task Takes_nothing_in_a_comment_or_an_instruction_for_a_record()
    {
        var fake = Fixture.Article(7);
        var document = Fixture.Set(
            $"<!-- {fake} --><?fake {fake} ?>",
            Fixture.Article(1, $"<ArticleTitle><!-- </PubmedArticle>{fake} --><?fake </PubmedArticle>{fake} ?>x<![CDATA[</PubmedArticle>]]></ArticleTitle>"),
            Fixture.Article(2));
        var readings = await Fixture.ReadAsync(document);
        Assert.Equal("1 2", Fixture.Sketch(readings));
        Assert.Equal("x</PubmedArticle>", Fixture.Publication(readings[0]).Title);
    }

    [Fact]
    public async Task Passes_over_a_DOCTYPE_with_an_internal_subset()
    {
        var document = $"""
            <!DOCTYPE PubmedArticleSet [ <!-- ]> ' <PubmedArticleSet> --> <!ENTITY a "]>"> <?p ]> ?> <!ATTLIST x y CDATA '<PubmedArticle>'> ]>
            <PubmedArticleSet>{Fixture.Article(1)}{Fixture.Article(2, "<ArticleTitle>&a;</ArticleTitle>")}</PubmedArticleSet>
            """;
        var readings = await Fixture.ReadAsync(document);
        Assert.Equal("1 !", Fixture.Sketch(readings));
        Assert.Equal("pmid:2", Fixture.Unreadable(readings[1]).Id?.Text);
    }

    [Fact]
    public async Task Gives_the_whole_records_of_a_file_cut_anywhere()
    {
        string[] records = [Fixture.Article(1), "<!-- between -->", Fixture.Article(2, "<ArticleTitle a='b'>x<!-- c --><![CDATA[d]]></ArticleTitle>"), "<DeleteCitation><PMID>3</PMID></DeleteCitation>"];
        string[] after = ["1 ", "", "2 ", "D3 "];
        var document = Fixture.Set(records).TrimEnd();
        var root = document.IndexOf("<PubmedArticleSet", StringComparison.Ordinal);
        for (var length = root + 1; length < document.Length; length++)
        {
            var whole = string.Concat(records.Select((record, i) => document.IndexOf(record, StringComparison.Ordinal) + record.Length <= length ? after[i] : ""));
            var readings = await Fixture.ReadAsync(document[..length]);
            Assert.True(whole + "!" == Fixture.Sketch(readings), $"{document[..length]}: {Fixture.Sketch(readings)}");
            Assert.True(length == root + 1 || Fixture.Unreadable(readings[^1]).Reason.StartsWith("The file is cut: ", StringComparison.Ordinal), document[..length]);
        }
    }

    [Fact]
    public async Task Tells_the_PMID_of_the_record_in_which_a_file_is_cut()
    {
        var document = Fixture.Set(Fixture.Article(1), Fixture.Article(2));
        var last = Fixture.Unreadable((await Fixture.ReadAsync(document[..document.LastIndexOf("</Article", StringComparison.Ordinal)]))[^1]);
        Assert.Equal(("pmid:2", "The file is cut: it ends inside a PubmedArticle."), (last.Id?.Text, last.Reason));
        Assert.StartsWith("<PubmedArticle>", Fixture.Text(last), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(8)]
    public async Task Gives_the_whole_records_of_damaged_compression(int fromEnd)
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Fixture.Set([.. Enumerable.Range(1, 400).Select(pmid => Fixture.Article(pmid))])));
        }

        var cut = packed.ToArray();
        await using var reading = new GZipStream(new MemoryStream(cut[..^fromEnd]), CompressionMode.Decompress);
        var readings = await Fixture.ReadAsync(reading);
        Assert.StartsWith("1 2 3 4 5 ", Fixture.Sketch(readings), StringComparison.Ordinal);
        Assert.True(fromEnd == 8 || readings[^1] is CarTIngest.Records.UnreadableRecord);
    }

    [Fact]
    public async Task Names_what_stands_where_a_record_should()
    {
        var readings = await Fixture.ReadAsync(Fixture.Set(
            Fixture.Article(1), "<PubmedPreprint a='>'><PubmedPreprint/><x></PubmedPreprint>", Fixture.Article(2), "words", "<Empty/>", "</Stray>", "<![CDATA[more]]>", Fixture.Article(3)));
        Assert.Equal("1 ! 2 ! ! ! ! 3", Fixture.Sketch(readings));
        Assert.Equal("An unknown element, PubmedPreprint, stands where a record should.", Fixture.Unreadable(readings[1]).Reason);
        Assert.Equal("<PubmedPreprint a='>'><PubmedPreprint/><x></PubmedPreprint>", Fixture.Text(readings[1]));
    }

    [Fact]
    public async Task A_broken_declaration_that_runs_to_the_end_of_a_records_start_tag_hides_no_record()
    {
        var readings = await Fixture.ReadAsync(Fixture.Set(Fixture.Article(1), "<![]]><ArticleTitle><Journal><PubDa", Fixture.Article(2), Fixture.Article(3)));
        Assert.Equal("1 ! 2 3", Fixture.Sketch(readings));
    }

    [Fact]
    public async Task Says_once_that_a_second_document_follows()
    {
        var readings = await Fixture.ReadAsync(Fixture.Set(Fixture.Article(1)) + Fixture.Set(Fixture.Article(2)));
        Assert.Equal("1 !", Fixture.Sketch(readings));
        Assert.Contains("after its document's end", Fixture.Unreadable(readings[1]).Reason, StringComparison.Ordinal);
        Assert.Equal("! ", Fixture.Sketch(await Fixture.ReadAsync("<PubmedArticleSet/>words")) + " ");
    }
}
