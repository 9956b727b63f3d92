using CarTIngest.Tests.Rehearsal;
using Microsoft.Data.Sqlite;

namespace CarTIngest.Tests.Host.Commands;

/// <summary>judge, explain and judge --against over the executable.</summary>
public sealed class JudgeCommandTests : IDisposable
{
    private const string Title = "Phase 1 trial of CD33 CAR-T in acute myeloid leukemia";

    private readonly Cartingest cartingest = new();
    private readonly RecordedNights nights = new RecordedNights()
        .Full(RecordedNights.First, RecordedNights.Study("NCT99000001"))
        .Update(RecordedNights.First, RecordedNights.Article(90000001, title: Title), RecordedNights.Article(90000002, title: "Invented cells in an invented disease"));

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        nights.Dispose();
        cartingest.Dispose();
    }

    [Fact]
    public async Task Files_are_judged_in_the_shape_of_the_contract_without_a_store()
    {
        cartingest.Write("study.json", InventedRecords.Study);

        var judged = Assert.Single((await cartingest.RunAsync("judge", "study.json")).Ends(0).Json);

        Assert.Equal("id verdict criteria targets flags findings rulebook", Answered.Members(judged));
        Assert.Equal("intervention population design", Answered.Members(judged.GetProperty("criteria")));
        Assert.Equal("rule outcome reason quotes", Answered.Members(judged.GetProperty("findings")[0]));
        Assert.Equal("""{"field":"conditions[0]","offset":0,"length":3,"text":"AML"}""", judged.GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("rule").GetString() == "aml_named").GetProperty("quotes")[0].GetRawText());
        Assert.StartsWith("sha256:", judged.GetProperty("rulebook").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(cartingest.Folder), file => file.EndsWith(".db", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_read_is_a_line_and_the_rest_is_judged()
    {
        cartingest.Write("studies.json", $"[{InventedRecords.Study}, null]");

        var lines = (await cartingest.RunAsync("judge", "studies.json")).Ends(3).Json;

        Assert.Equal(["nct:NCT99000001", "quarantined"], lines.Select(line => line.TryGetProperty("verdict", out _) ? line.GetProperty("id").GetString() : line.GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task A_broken_rulebook_stops_with_its_line_and_nothing_to_judge_is_said()
    {
        cartingest.Write("study.json", InventedRecords.Study);
        cartingest.Write("own/rulebook.json", """{"name":"own","version":"1"}""");
        cartingest.Write("own/lexicon/1.txt", "AML\n");

        (await cartingest.RunAsync("judge", "study.json", "--rulebook", "own")).Refuses(4, "lexicon/1.txt, line 1");
        (await cartingest.RunAsync("judge", "study.json", "--rulebook", "none")).Refuses(4, "holds no rulebook");
        (await cartingest.RunAsync("judge")).Refuses(2, "--against");
    }

    [Fact]
    public async Task A_stored_record_is_explained_with_its_study()
    {
        var night = Assert.Single((await RehearseAsync()).Ends(0).Json);
        Assert.Equal("""["pmid:90000001"]""", night.GetProperty("likely").GetRawText());

        var explained = Assert.Single((await cartingest.CallAsync("explain", "90000001", "--store", "nights", "--json")).Ends(0).Json);
        Assert.Equal("id verdict criteria targets flags findings rulebook study reports foundBy links", Answered.Members(explained));
        Assert.Equal(("likely", "pmid:90000001"), (explained.GetProperty("verdict").GetString(), explained.GetProperty("study").GetString()));
        Assert.Contains("title: \"CAR-T\"", (await cartingest.CallAsync("explain", "pmid:90000001", "--store", "nights")).Ends(0).Out, StringComparison.Ordinal);
        (await cartingest.CallAsync("explain", "pmid:1", "--store", "nights")).Refuses(2, "is not held");
        (await cartingest.CallAsync("explain", "word", "--store", "nights")).Refuses(2, "no record id");
        (await cartingest.CallAsync("import", cartingest.Write("study.json", InventedRecords.Study), "--store", "imported")).Ends(0);
        (await cartingest.CallAsync("explain", "NCT99000001", "--store", "imported")).Refuses(2, "not judged yet: the next night does");
    }

    [Fact]
    public async Task Another_rulebook_is_tried_over_what_is_stored_and_adopted_by_two()
    {
        (await RehearseAsync()).Ends(0);
        var review = Path.Combine(Shared.RepositoryRoot, "src", "CarTIngest.Host", "Review");
        foreach (var file in Directory.GetFiles(Path.Combine(review, "lexicon")).Append(Path.Combine(review, "rulebook.json")))
        {
            cartingest.Write(Path.Combine("own", Path.GetRelativePath(review, file)), File.ReadAllText(file).Replace("[car_t]", "[car_t]\ninvented cells\n#", StringComparison.Ordinal).Replace("[aml]", "[aml]\ninvented disease\n#", StringComparison.Ordinal));
        }

        string[] against = ["judge", "--against", cartingest.InFolder("own"), "--store", "nights"];
        var tried = (await cartingest.CallAsync([.. against, "--json"])).Ends(0);
        Assert.Equal("""{"id":"pmid:90000002","from":"unlikely","to":"possible"}""", Assert.Single(tried.Lines, line => line.Contains("pmid", StringComparison.Ordinal)));
        Assert.Contains("1 records gained, 0 lost", tried.Error, StringComparison.Ordinal);
        Assert.Contains("second-reader", (await cartingest.CallAsync([.. against, "--adopt-by", "Ada"])).Ends(2).Error, StringComparison.Ordinal);
        Assert.Contains("not its author", (await cartingest.CallAsync([.. against, "--adopt-by", "Ada", "--second-reader", "ada", "--because", "a new name"])).Ends(2).Error, StringComparison.Ordinal);
        Assert.Contains("Adopted by Ada and Ben", (await cartingest.CallAsync([.. against, "--adopt-by", "Ada", "--second-reader", "Ben", "--because", "a new name"])).Ends(0).Error, StringComparison.Ordinal);
        Assert.True(Assert.Single((await cartingest.CallAsync("verify", "--store", "nights", "--json")).Ends(0).Json).GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task Half_an_adoption_is_refused_before_anything_is_done_and_a_name_is_trimmed()
    {
        (await RehearseAsync()).Ends(0);
        var study = cartingest.Write("study.json", InventedRecords.Study);
        cartingest.Write("own/rulebook.json", """{"name":"own","version":"1"}""");
        foreach (var file in Directory.GetFiles(Path.Combine(Shared.RepositoryRoot, "src", "CarTIngest.Host", "Review", "lexicon")))
        {
            cartingest.Write($"own/lexicon/{Path.GetFileName(file)}", File.ReadAllText(file));
        }

        string[] against = ["judge", "--against", cartingest.InFolder("own"), "--store", "nights"];
        (await cartingest.CallAsync([.. against, "--second-reader", "Ben", "--because", "a new name"])).Refuses(2, "--adopt-by");
        (await cartingest.CallAsync([.. against, "--because", "a new name"])).Refuses(2, "--adopt-by");
        (await cartingest.CallAsync([.. against, "--adopt-by", "Ada", "--second-reader", "Ben"])).Refuses(2, "--because");
        (await cartingest.CallAsync("judge", study, "--adopt-by", "Ada", "--second-reader", "Ben", "--because", "a new name")).Refuses(2, "--against FOLDER");
        (await cartingest.CallAsync("search", "--precision", "--second-reader", "Ben", "--store", "nights")).Refuses(2, "--adopt-by");
        (await cartingest.CallAsync("search", "--precision", "--adopt-by", "Ada", "--second-reader", "Ben", "--because", "a new name", "--store", "nights")).Refuses(2, "--diff OLD NEW");

        Assert.Contains("Adopted by Ada and Ben.", (await cartingest.CallAsync([.. against, "--adopt-by", " Ada ", "--second-reader", "Ben ", "--because", "a new name"])).Ends(0).Error, StringComparison.Ordinal);
    }

    private Task<Answered> RehearseAsync() => cartingest.CallAsync("rehearse", "--nights", nights.Registry, "--pubmed", nights.PubMed, "--store", "nights", "--json");
}
