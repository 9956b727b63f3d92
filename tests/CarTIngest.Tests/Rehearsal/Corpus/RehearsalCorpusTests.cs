using CarTIngest.Rehearsal.Corpus;
using static CarTIngest.Tests.Rehearsal.RecordedNights;

namespace CarTIngest.Tests.Rehearsal.Corpus;

public sealed class RehearsalCorpusTests : IDisposable
{
    private readonly RecordedNights nights = new();

    [Fact]
    public async Task A_night_of_one_folder_is_a_night_of_both()
    {
        var corpus = await nights.Full(First, Study("NCT90000001")).Changes(Third).Update(Second, Article(90000001)).LoadAsync();

        Assert.Equal([First, Second, Third], corpus.Nights);
    }

    [Fact]
    public async Task Plain_files_alone_make_the_one_night_that_the_caller_names()
    {
        var corpus = await nights.LoadAsync(nights.WritePlain("some.xml", Set(Article(90000001))));

        Assert.Equal([First], corpus.Nights);
    }

    [Fact]
    public async Task Packed_files_are_read_as_plain_ones()
    {
        nights.WritePacked(nights.PubMed, "2031-03-01.xml.gz", Set(Article(90000001)));
        nights.WritePacked(nights.Registry, "2031-03-02.full.jsonl.gz", Study("NCT90000001"));

        Assert.Equal([First, Second], (await nights.LoadAsync()).Nights);
    }

    [Theory]
    [InlineData("<html><body>Service unavailable</body></html>", "line 1: the root is html")]
    [InlineData("", "line 1: is no XML")]
    [InlineData("<PubmedArticleSet>\n<PubmedArticle><MedlineCitation>", "line 2: ends before")]
    [InlineData("<PubmedArticleSet>\n\n<PubmedArticle><MedlineCitation>&bogus;</MedlineCitation></PubmedArticle></PubmedArticleSet>", "line 3: is not well formed")]
    [InlineData("<PubmedArticleSet>\n<PubmedArticle><MedlineCitation/></PubmedArticle></PubmedArticleSet>", "line 2: a citation has no PMID")]
    [InlineData("<PubmedArticleSet/>\n<PubmedArticleSet/>", "holds a second document")]
    public async Task Citations_that_cannot_be_read_are_named_by_file_and_line(string text, string complaint)
    {
        nights.Write(nights.PubMed, "2031-03-01.xml", text);

        var refused = await Assert.ThrowsAsync<RehearsalCorpusException>(() => nights.LoadAsync());

        Assert.Contains("2031-03-01.xml", refused.Message, StringComparison.Ordinal);
        Assert.Contains(complaint, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"upsert\":", "line 2: is no JSON")]
    [InlineData("[1]", "line 2: is no JSON object")]
    [InlineData("{\"gone\":\"NCT90000001\",\"gone\":\"NCT90000002\"}", "line 2: is no JSON")]
    [InlineData("{\"gone\":\"NCT12\"}", "line 2: NCT12 is no NCT number")]
    [InlineData("{\"upsert\":{\"protocolSection\":{}}}", "line 2: a study has no NCT number")]
    public async Task Studies_that_cannot_be_read_are_named_by_file_and_line(string line, string complaint)
    {
        nights.Changes(First, Upsert(Study("NCT90000001")), line);

        var refused = await Assert.ThrowsAsync<RehearsalCorpusException>(() => nights.LoadAsync());

        Assert.Contains("2031-03-01.changes.jsonl, " + complaint, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_gzip_is_refused()
    {
        nights.WritePacked(nights.PubMed, "2031-03-01.xml.gz", Set([.. Enumerable.Range(90000001, 50).Select(pmid => Article(pmid))]), cut: 20);

        await Assert.ThrowsAsync<RehearsalCorpusException>(() => nights.LoadAsync());
    }

    [Fact]
    public async Task What_is_missing_or_misnamed_is_refused()
    {
        await Assert.ThrowsAsync<RehearsalCorpusException>(() => nights.LoadAsync("no-such-folder"));
        nights.Write(nights.Registry, "2031-13-01.full.jsonl", "");
        await Assert.ThrowsAsync<RehearsalCorpusException>(() => nights.LoadAsync());
    }

    [SkippableFact]
    public async Task Reads_thirty_one_recorded_nights()
    {
        var corpus = await RehearsalCorpus.LoadAsync(Shared.Data("ctgov/nights"), [Shared.Data("pubmed/nights")], First, CancellationToken.None);

        Assert.Equal(31, corpus.Nights.Count);
    }

    public void Dispose() => nights.Dispose();
}
