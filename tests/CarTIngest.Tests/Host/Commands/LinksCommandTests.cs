using CarTIngest.Tests.Rehearsal;
using Microsoft.Data.Sqlite;

namespace CarTIngest.Tests.Host.Commands;

/// <summary>links and what people say of them, and the adoption of unlikely, over the executable.</summary>
public sealed class LinksCommandTests : IDisposable
{
    private const string Title = "Phase 1 trial of CD33 CAR-T in acute myeloid leukemia";

    private readonly Cartingest cartingest = new();
    private readonly RecordedNights nights = new RecordedNights()
        .Full(RecordedNights.First, RecordedNights.Study("NCT99000001"))
        .Changes(RecordedNights.Second, RecordedNights.Upsert(RecordedNights.Study("NCT99000001", updated: "2031-03-02", enrollment: 15)))
        .Update(RecordedNights.First, RecordedNights.Article(90000001, title: $"{Title} (NCT99000001)"), RecordedNights.Article(90000002, title: Title));

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        nights.Dispose();
        cartingest.Dispose();
    }

    [Fact]
    public async Task What_people_say_of_a_link_and_of_the_unlikely_is_heeded_and_told()
    {
        (await RehearseAsync("--until", "2031-03-01")).Ends(0);
        var listed = (await LinksAsync("90000001", "--json")).Ends(0).Json;
        var link = listed.Single(line => line.GetProperty("what").GetString() == "link");
        Assert.Equal("what study first second kind strength clues", Answered.Members(link));
        Assert.Equal(
            ("nct:NCT99000001", "nct:NCT99000001", "pmid:90000001", "report_of", "strong"),
            (link.GetProperty("study").GetString(), link.GetProperty("first").GetString(), link.GetProperty("second").GetString(), link.GetProperty("kind").GetString(), link.GetProperty("strength").GetString()));
        Assert.Equal("""{"field":"title","offset":55,"length":11,"text":"NCT99000001"}""", Assert.Single(link.GetProperty("clues").EnumerateArray()).GetProperty("words")[0].GetRawText());

        string[] apart = ["apart", "90000001", "NCT99000001", "--as", "Ada", "--because", "another cohort"];
        var said = Assert.Single((await LinksAsync([.. apart, "--json"])).Ends(0).Json);
        Assert.Equal("decision at as subject kind what studies moving", Answered.Members(said));
        Assert.Equal("""{"pmid:90000001":["pmid:90000001"],"nct:NCT99000001":["nct:NCT99000001"]}""", said.GetProperty("studies").GetRawText());
        (await LinksAsync("confirm", "90000001", "1", "--as", "Ada")).Refuses(2, "pmid:1 is not held");
        (await RehearseAsync()).Ends(0);

        var explained = Assert.Single((await cartingest.CallAsync("explain", "90000001", "--store", "nights", "--json")).Ends(0).Json);
        Assert.Equal(("pmid:90000001", 0), (explained.GetProperty("study").GetString(), explained.GetProperty("links").GetArrayLength()));
        Assert.Contains("Ada: nct:NCT99000001 and pmid:90000001 are kept apart. another cohort", (await LinksAsync("--of", "decided")).Ends(0).Out, StringComparison.Ordinal);

        string[] lead = ["--store", "nights", "--as", "Lea", "--because", "0 of 120 wrongly rejected"];
        Assert.Matches("Unlikely is set aside by Lea since .* for sha256:[0-9a-f]{64}: 0 of 120 wrongly rejected", (await cartingest.CallAsync(["queue", "set-aside", .. lead])).Ends(0).Out);
        Assert.Contains("Unlikely is not set aside", (await cartingest.CallAsync(["queue", "screen-unlikely", .. lead])).Ends(0).Out, StringComparison.Ordinal);
    }

    private Task<Answered> LinksAsync(params string[] more) => cartingest.CallAsync(["links", .. more, "--store", "nights"]);

    private Task<Answered> RehearseAsync(params string[] more) => cartingest.CallAsync(["rehearse", "--nights", nights.Registry, "--pubmed", nights.PubMed, "--store", "nights", "--json", .. more]);
}
