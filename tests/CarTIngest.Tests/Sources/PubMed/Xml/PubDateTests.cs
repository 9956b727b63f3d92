namespace CarTIngest.Tests.Sources.PubMed.Xml;

public sealed class PubDateTests
{
    [Theory]
    [InlineData("<Year>2026</Year>", "2026")]
    [InlineData("<Year>2026</Year><Month>Feb</Month>", "2026-02")]
    [InlineData("<Year>2026</Year><Month>02</Month><Day>09</Day>", "2026-02-09")]
    [InlineData("<Year>2026</Year><Month>2</Month><Day>9</Day>", "2026-02-09")]
    [InlineData("<Year>2026</Year><Month>September</Month>", "2026-09")]
    [InlineData("<Year>2026</Year><Month>Feb</Month><Day>30</Day>", "2026-02")]
    [InlineData("<Year>2026</Year><Month>13</Month><Day>1</Day>", "2026")]
    [InlineData("<Year>2026</Year><Season>Spring</Season>", "2026")]
    [InlineData("<Year>2026</Year><Season>Jul-Aug</Season>", "2026")]
    [InlineData("<Year>20</Year>", null)]
    [InlineData("", null)]
    public async Task Is_as_precise_as_the_source(string inPubDate, string? date)
    {
        var publication = await OfAsync(inPubDate);
        Assert.Equal((date, null), (publication.Published?.Text, publication.MedlineDate));
    }

    [Theory]
    [InlineData("1998 Dec-1999 Jan", "1998-12")]
    [InlineData("2015 Spring", "2015")]
    [InlineData("2000 Nov-Dec", "2000-11")]
    [InlineData("1983 Jun 23-29", "1983-06")]
    [InlineData("2024 Oct-Dec 01", "2024-10")]
    [InlineData("1998-1999", "1998")]
    [InlineData("2000-2001 Jan", "2000")]
    [InlineData("Winter 1990", "1990")]
    [InlineData("1999 Sept", "1999-09")]
    [InlineData("2001 Marine Day", "2001")]
    [InlineData("19th century", null)]
    public async Task Takes_of_a_MedlineDate_its_first_year_and_month(string medlineDate, string? date)
    {
        var publication = await OfAsync($"<MedlineDate> {medlineDate} </MedlineDate>");
        Assert.Equal((date, medlineDate), (publication.Published?.Text, publication.MedlineDate));
    }

    private static Task<CarTIngest.Records.Publication> OfAsync(string inPubDate) => Fixture.OnlyAsync(Fixture.Article(99000001,
        $"<Journal><JournalIssue><PubDate>{inPubDate}</PubDate></JournalIssue></Journal><ArticleDate><Year>1999</Year></ArticleDate>"));
}
