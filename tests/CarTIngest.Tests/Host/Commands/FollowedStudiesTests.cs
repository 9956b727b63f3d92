using CarTIngest.Tests.Rehearsal;
using Microsoft.Data.Sqlite;

namespace CarTIngest.Tests.Host.Commands;

/// <summary>A review with included studies over the executable: the arms that follow them, what they bring, what they cost, and that the night can be played again.</summary>
public sealed class FollowedStudiesTests : IDisposable
{
    private const string Cites = "<ReferenceList><Reference><ArticleIdList><ArticleId IdType=\"pubmed\">90000001</ArticleId></ArticleIdList></Reference></ReferenceList>";

    private readonly Cartingest cartingest = new();
    private readonly RecordedNights nights = new RecordedNights()
        .Full(RecordedNights.First, RecordedNights.Study("NCT99000001"))
        .Update(
            RecordedNights.First,
            RecordedNights.Article(90000001),
            RecordedNights.Article(90000002).Replace("<History>", $"{Cites}<History>", StringComparison.Ordinal),
            RecordedNights.Article(90000003, title: "Cells of NCT99000001"),
            RecordedNights.Article(90000004, title: "Cells of NCT99000002"));

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        nights.Dispose();
        cartingest.Dispose();
    }

    [Fact]
    public async Task Reports_of_followed_trials_and_papers_that_cite_are_found_by_arms_of_their_own_and_say_nothing_for_the_strategy()
    {
        // No topical arm announces any but the included report.
        nights.Write(nights.PubMed, "2031-03-01.census.json", """{"left": ["pmid:90000002", "pmid:90000003", "pmid:90000004"]}""");
        nights.Write(nights.PubMed, "2031-03-02.census.json", """{"left": ["pmid:90000001", "pmid:90000002", "pmid:90000003", "pmid:90000004"]}""");
        nights.Update(RecordedNights.Second, RecordedNights.Article(90000005));
        cartingest.Write("base/base.json", """{"version": "1.0", "doi": "10.9999/invented", "searchDate": "2025-01", "studies": 1}""");
        cartingest.Write("base/included.csv", "study,pmid,nct,patients,note\nMuster 2020,90000001,NCT99000001,12,\n");
        (await cartingest.CallAsync("migrate", "--store", "nights")).Ends(0);
        (await cartingest.CallAsync("base", "import", cartingest.InFolder("base"), "--store", "nights")).Ends(0);

        var played = (await cartingest.CallAsync("rehearse", "--nights", nights.Registry, "--pubmed", nights.PubMed, "--store", "nights", "--json")).Ends(0).Json;

        var first = played[0].GetProperty("sources")[0];
        Assert.Equal("""["pmid:90000001","pmid:90000002","pmid:90000003"]""", first.GetProperty("named").GetProperty("new").GetRawText());
        Assert.InRange(played[1].GetProperty("sources")[0].GetProperty("requests").GetInt32(), 1, 12);
        var lost = played[1].GetProperty("watch").EnumerateArray().Single(loss => loss.GetProperty("lost").GetString() == "strategy");
        Assert.Equal("pmid:90000001", lost.GetProperty("id").GetString());
        var found = Assert.Single((await cartingest.CallAsync("explain", "90000002", "--store", "nights", "--json")).Ends(0).Json).GetProperty("foundBy");
        Assert.Equal("""[{"arm":"X","since":"2031-03-01"}]""", found.GetRawText());
        var following = (await cartingest.CallAsync("search", "--store", "nights", "--json")).Ends(0).Json.Where(arm => arm.GetProperty("arm").GetString() is "L" or "X").ToList();
        Assert.Equal([("L", true, false), ("X", false, true)], following.Select(arm => (arm.GetProperty("arm").GetString()!, arm.GetProperty("proven").GetBoolean(), arm.TryGetProperty("whyNotProven", out _))));
        Assert.Contains("not proven: Links between papers cannot be proven", (await cartingest.CallAsync("search", "--store", "nights")).Ends(0).Out, StringComparison.Ordinal);
        var told = (await cartingest.CallAsync("search", "--precision", "--month", "2031-03", "--store", "nights", "--json")).Ends(0);
        Assert.Contains("Unlikely is set aside by the bundled review", told.Error, StringComparison.Ordinal);
        var precision = told.Json;
        Assert.Equal("month source arm topical identified likely possible screened included unique", Answered.Members(precision[0]));
        Assert.Equal([("A", true, 2, 0), ("B1", true, 2, 0), ("B2", true, 2, 0), ("L", false, 1, 1), ("P", true, 2, 0), ("X", false, 1, 1)], precision.Where(arm => arm.GetProperty("source").GetString() == "pubmed")
            .Select(arm => (arm.GetProperty("arm").GetString()!, arm.GetProperty("topical").GetBoolean(), arm.GetProperty("identified").GetInt32(), arm.GetProperty("unique").GetInt32())));
        Assert.True(Assert.Single((await cartingest.CallAsync("replay", "--run", "2", "--store", "nights", "--json")).Ends(0).Json).GetProperty("same").GetBoolean());
        Assert.Matches("LOST: pmid:90000001 of the included study [^,]*, since [^:]*: no arm of the search strategy matches it\\. ", (await cartingest.CallAsync("status", "--store", "nights")).Ends(0).Out);
    }
}
