using CarTIngest.Tests.Rehearsal;
using Microsoft.Data.Sqlite;

namespace CarTIngest.Tests.Host.Commands;

/// <summary>search --diff and the adoption of a strategy over the executable, against the stand-in: it honours UIDs, so strategies of UIDs differ there.</summary>
public sealed class SearchCommandTests : IDisposable
{
    private readonly Cartingest cartingest = new();

    private string Old => cartingest.InFolder("old");

    private string New => cartingest.InFolder("new");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        cartingest.Dispose();
    }

    [Fact]
    public async Task A_changed_strategy_waits_is_compared_adopted_by_two_and_takes_effect()
    {
        await using var standIn = await StandIn.StartAsync(new RecordedNights()
            .Full(RecordedNights.First, RecordedNights.Study("NCT99000001"))
            .Update(RecordedNights.First, RecordedNights.Article(90000001), RecordedNights.Article(90000002), RecordedNights.Article(90000003)));
        Review("old", "90000001[uid] OR 90000002[uid]");
        Review("new", "90000002[uid] OR 90000003[uid]");
        string[] asking = Asking(standIn.Server.EUtilsAddress.ToString(), standIn.Server.RegistryAddress.ToString());
        (await cartingest.CallAsync(["run", "--set", $"Review:Folder={Old}", .. asking])).Ends(0);

        var waiting = Assert.Single((await cartingest.CallAsync(["run", "--json", "--set", $"Review:Folder={New}", .. asking])).Ends(0).Json);
        Assert.Contains("It differs in A.", waiting.GetProperty("waiting")[0].GetProperty("says").GetString(), StringComparison.Ordinal);
        var adoption = (await cartingest.CallAsync(["doctor", "--json", "--set", $"Review:Folder={New}", .. asking])).Ends(3).Json.Single(check => check.GetProperty("check").GetString() == "adoption");
        Assert.Equal(waiting.GetProperty("waiting")[0].GetProperty("says").GetString(), adoption.GetProperty("says").GetString());
        (await cartingest.CallAsync(["search", "--diff", New, Old, "--set", $"Review:Folder={New}", "--adopt-by", "Ada", "--second-reader", "Ben", "--because", "b", .. asking])).Ends(2);

        var lines = (await cartingest.CallAsync(["search", "--diff", "in-force", New, "--json", "--set", $"Review:Folder={New}", "--adopt-by", "Ada", "--second-reader", "Ben", "--because", "one more", .. asking])).Ends(0).Json;

        Assert.Equal("""{"kind":"record","source":"pubmed","id":"pmid:90000001","change":"lost","held":true,"verdict":"unlikely","by":["A"]}""", lines[0].GetRawText());
        Assert.Equal("""{"kind":"record","source":"pubmed","id":"pmid:90000003","change":"gained","held":false,"by":["A"]}""", lines[1].GetRawText());
        Assert.Equal("""{"kind":"arm","source":"pubmed","arm":"A","old":2,"new":2,"gained":1,"lost":1}""", lines[2].GetRawText());
        Assert.Equal("kind source old new gained lost lostHeld lostIncluded from to proven why", Answered.Members(lines[3]));
        var night = Assert.Single((await cartingest.CallAsync(["run", "--json", "--set", $"Review:Folder={New}", .. asking])).Ends(0).Json);
        Assert.Equal(0, night.GetProperty("waiting").GetArrayLength());
        Assert.Equal("""["pmid:90000001"]""", night.GetProperty("sources")[0].GetProperty("named").GetProperty("left").GetRawText());
    }

    [Fact]
    public async Task Without_the_sources_it_says_that_only_they_can_tell()
    {
        Review("old", "90000001[uid]");
        Review("new", "90000002[uid]");
        (await cartingest.CallAsync("migrate")).Ends(0);

        var answered = (await cartingest.CallAsync(["search", "--diff", Old, New, "--set", "Http:Retries=0", .. Asking("http://127.0.0.1:9/", "http://127.0.0.1:9/")])).Ends(5);

        Assert.Contains("Only the source can tell what a strategy matches", answered.Error, StringComparison.Ordinal);
        (await cartingest.CallAsync("search", "--diff", Old, "absent")).Refuses(2, "There is no folder absent");
    }

    private void Review(string folder, string term)
    {
        var bundled = Path.Combine(Shared.RepositoryRoot, "src", "CarTIngest.Host", "Review");
        foreach (var file in Directory.GetFiles(Path.Combine(bundled, "lexicon")).Append(Path.Combine(bundled, "rulebook.json")))
        {
            cartingest.Write(Path.Combine(folder, Path.GetRelativePath(bundled, file)), File.ReadAllText(file));
        }

        cartingest.Write($"{folder}/searches/pubmed/A.txt", term);
        cartingest.Write($"{folder}/searches/clinicaltrials/U.txt", "query.term=cells");
    }

    private static string[] Asking(string pubmed, string registry) =>
    [
        "--set", $"Sources:PubMed:BaseAddress={pubmed}", "--set", $"Sources:ClinicalTrials:BaseAddress={registry}",
        "--set", "Sources:PubMed:RequestsPerSecond=200", "--set", "Sources:ClinicalTrials:RequestsPerSecond=200",
    ];
}
