using CarTIngest.Records;

namespace CarTIngest.Tests.Sources.PubMed.Xml;

public sealed class BookPartTests
{
    private const string Book = """
        <Publisher><PublisherName>Invented <i>Press</i></PublisherName><PublisherLocation>Nowhere</PublisherLocation></Publisher><BookTitle book="cells">The Book of Cells</BookTitle>
        <PubDate><Year>2024</Year><Month>10</Month></PubDate><BeginningDate><Year>1993</Year></BeginningDate>
        <AuthorList Type="editors"><Author><LastName>Editor</LastName></Author></AuthorList>
        """;

    private const string Chapter = """
        <ArticleIdList><ArticleId IdType="bookaccession">NBK1</ArticleId><ArticleId IdType="doi">10.5555/Chapter</ArticleId></ArticleIdList>
        <ArticleTitle book="cells">Chapter <b>One</b></ArticleTitle><Language>eng</Language>
        <AuthorList Type="authors"><Author><LastName>Author</LastName><ForeName>A</ForeName></Author></AuthorList>
        <PublicationType UI="D016454">Review</PublicationType><Abstract><AbstractText>Cells.</AbstractText></Abstract>
        <KeywordList Owner="NLM"><Keyword>cells</Keyword></KeywordList><ContributionDate><Year>2025</Year></ContributionDate>
        """;

    [Fact]
    public async Task Reads_a_chapter_with_its_own_title_and_authors()
    {
        var drift = new DriftTally();
        var chapter = Fixture.Publication(Assert.Single(await Fixture.ReadAsync(Fixture.Set(Fixture.Book(99000001, Chapter, Book)), drift)));

        Assert.Equal("""
            {"kind":"publication","id":"pmid:99000001","pmid":99000001,"version":1,"title":"Chapter One","abstract":[{"text":"Cells."}],"otherAbstracts":[],"published":"2024-10","authors":[{"last":"Author","fore":"A"}],"doi":"10.5555/chapter","languages":["eng"],"publicationTypes":["Review"],"mesh":[],"keywords":["cells"],"chemicals":[],"registryNumbers":[],"corrections":[],"book":true,"bookTitle":"The Book of Cells","publisher":"Invented Press"}
            """, RecordJson.Write(chapter));
        Assert.Empty(drift.Counts);
    }

    [Fact]
    public async Task Gives_a_whole_book_its_own_title_and_its_editors()
    {
        var book = await Fixture.OnlyAsync(Fixture.Book(99000001, "", Book, "<ArticleIdList><ArticleId IdType=\"doi\">10.5555/data</ArticleId></ArticleIdList>"));
        Assert.Equal(("The Book of Cells", "The Book of Cells", "Editor", "10.5555/data"), (book.Title, book.BookTitle, Assert.Single(book.Authors).Last, book.Doi));
    }

    [Fact]
    public async Task Prefers_the_book_s_authors_to_a_chapter_s_editors()
    {
        var book = await Fixture.OnlyAsync(Fixture.Book(99000001,
            "<AuthorList Type=\"editors\"><Author><LastName>Own</LastName></Author></AuthorList>",
            "<AuthorList Type=\"authors\"><Author><LastName>Theirs</LastName></Author></AuthorList>"));
        Assert.Equal("Theirs", Assert.Single(book.Authors).Last);
    }

    [Fact]
    public async Task Reads_books_beside_articles_and_in_a_set_of_their_own()
    {
        Assert.Equal("1 2", Fixture.Sketch(await Fixture.ReadAsync(Fixture.Set(Fixture.Article(1), Fixture.Book(2, "", Book)))));
        Assert.Equal("2", Fixture.Sketch(await Fixture.ReadAsync($"<PubmedBookArticleSet>{Fixture.Book(2, "", Book)}</PubmedBookArticleSet>")));
    }

    [Fact]
    public async Task Names_the_place_where_a_book_lacks_its_PMID()
    {
        var reading = Assert.Single(await Fixture.ReadAsync(Fixture.Set("<PubmedBookArticle><BookDocument/></PubmedBookArticle>")));
        Assert.Equal("The record has no BookDocument/PMID.", Fixture.Unreadable(reading).Reason);
    }
}
