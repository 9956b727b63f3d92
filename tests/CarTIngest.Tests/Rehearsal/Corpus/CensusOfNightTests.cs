using System.Net;
using CarTIngest.Rehearsal.Corpus;
using static CarTIngest.Tests.Rehearsal.RecordedNights;

namespace CarTIngest.Tests.Rehearsal.Corpus;

/// <summary>What a <c>DATE.census.json</c> does to the answers of the stand-in.</summary>
public sealed class CensusOfNightTests : IDisposable
{
    private readonly RecordedNights nights = new RecordedNights()
        .Full(First, Study("NCT90000001"), Study("NCT90000002"), Study("NCT90000003"))
        .Update(First, Article(90000001), Article(90000002), Article(90000003));

    [Fact]
    public async Task What_left_is_found_by_no_search_and_given_by_its_number()
    {
        await using var standIn = await OnTheSecondNightAsync("""{"left":["pmid:90000002"]}""", """{"left":["nct:NCT90000002"]}""");

        Assert.Equal("90000003 90000001", await standIn.IdsAsync("leukemia"));
        Assert.Equal("90000003 90000001", await standIn.IdsAsync("leukemia AND 2031/03/01[mdat]"));
        Assert.Equal("90000003", await standIn.IdsAsync("leukemia AND 90000002:90000003[uid]"));
        Assert.Equal("90000002", await standIn.IdsAsync("90000002"));
        Assert.Equal("90000002", await standIn.IdsAsync("90000002[uid]"));
        Assert.Equal("90000002", StandIn.Pmids(await standIn.FetchAsync("90000002")));
        Assert.Equal("NCT90000001 NCT90000003", await standIn.NctIdsAsync("query.cond=leukemia"));
        Assert.Equal("NCT90000001 NCT90000003", await standIn.NctIdsAsync("query.cond=leukemia&filter.ids=NCT90000001,NCT90000002,NCT90000003"));
        Assert.Equal("NCT90000002", await standIn.NctIdsAsync("filter.ids=NCT90000002"));
        Assert.True((await standIn.JsonAsync("studies/NCT90000002")).TryGetProperty("protocolSection", out _));
    }

    [Fact]
    public async Task What_is_not_given_is_found_by_every_search_and_never_fetched()
    {
        await using var standIn = await OnTheSecondNightAsync("""{"notGiven":["pmid:90000002"]}""", """{"notGiven":["nct:NCT90000002"]}""");

        Assert.Equal("90000003 90000002 90000001", await standIn.IdsAsync("leukemia"));
        Assert.Equal("90000003", StandIn.Pmids(await standIn.FetchAsync("90000002,90000003")));
        Assert.Equal("", StandIn.Pmids(await standIn.FetchAsync("90000002")));
        Assert.Equal("NCT90000001 NCT90000002 NCT90000003", await standIn.NctIdsAsync("query.cond=leukemia"));
        Assert.Equal("NCT90000003", await standIn.NctIdsAsync("filter.ids=NCT90000002,NCT90000003"));
        await standIn.RefusesAsync("studies/NCT90000002", HttpStatusCode.NotFound, "NCT90000002 not found");
    }

    [Theory]
    [InlineData("0.7", "90000003 90000002", "NCT90000001 NCT90000002", 2)]
    [InlineData("0", "", "", 0)]
    public async Task A_share_is_listed_and_counted_as_if_it_were_all(string share, string pmids, string studies, int count)
    {
        await using var standIn = await OnTheSecondNightAsync($"{{\"announce\":{share}}}", $"{{\"announce\":{share}}}");

        Assert.Equal(pmids, await standIn.IdsAsync("leukemia"));
        Assert.Equal($"{count}", (await standIn.SearchAsync("leukemia")).Element("Count")!.Value);
        Assert.Equal(studies, await standIn.NctIdsAsync("query.cond=leukemia"));
        Assert.Equal(count, (await standIn.JsonAsync("studies?countTotal=true")).GetProperty("totalCount").GetInt32());
        Assert.Equal("90000001", StandIn.Pmids(await standIn.FetchAsync("90000001")));
    }

    [Fact]
    public async Task It_holds_until_the_next_one_which_replaces_it_whole()
    {
        Census(nights.PubMed, First, """{"left":["pmid:90000001"],"announce":0.5}""").Changes(Second);
        await using var standIn = await StandIn.StartAsync(Census(nights.PubMed, Third, """{"left":["pmid:90000003"]}"""));

        Assert.Equal("90000003", await standIn.IdsAsync("leukemia"));
        standIn.Server.MoveTo(Second);
        Assert.Equal("90000003", await standIn.IdsAsync("leukemia"));
        standIn.Server.MoveTo(Third);
        Assert.Equal("90000002 90000001", await standIn.IdsAsync("leukemia"));
    }

    [Theory]
    [InlineData("null", "is no JSON object")]
    [InlineData("{\"announced\":1}", "is no statement about a census")]
    [InlineData("{\"left\":null}", "is no statement about a census")]
    [InlineData("{\"announce\":1.1}", "not between 0 and 1")]
    [InlineData("{\"left\":[\"x\"]}", "names 'x', which is no id")]
    public async Task One_that_cannot_be_read_is_named(string text, string complaint)
    {
        var refused = await Assert.ThrowsAsync<RehearsalCorpusException>(() => Census(nights.Registry, First, text).LoadAsync());

        Assert.Contains("2031-03-01.census.json", refused.Message, StringComparison.Ordinal);
        Assert.Contains(complaint, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_without_a_night_is_refused()
    {
        var refused = await Assert.ThrowsAsync<RehearsalCorpusException>(() => nights.Write(nights.PubMed, "every.census.json", "{}").LoadAsync());

        Assert.Contains("is not named DATE.census.json", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => nights.Dispose();

    private async Task<StandIn> OnTheSecondNightAsync(string pubmed, string registry)
    {
        Census(nights.PubMed, Second, pubmed);
        var standIn = await StandIn.StartAsync(Census(nights.Registry, Second, registry));
        Assert.Equal("90000003 90000002 90000001", await standIn.IdsAsync("leukemia"));
        standIn.Server.MoveTo(Second);
        return standIn;
    }

    private RecordedNights Census(string folder, DateOnly night, string text) => nights.Write(folder, $"{night:yyyy-MM-dd}.census.json", text);
}
