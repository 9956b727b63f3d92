using CarTIngest.Host.Storage;
using CarTIngest.Tests.Rehearsal;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Tests.Host.Commands;

/// <summary>Two invented nights of both sources, played over real HTTP on loopback by the built executable.</summary>
public sealed class RehearseCommandTests : IDisposable
{
    private const string Members =
        "source announced held new revised unchanged left missing gone quarantined unavailable named requests";

    private readonly Cartingest cartingest = new();
    private readonly RecordedNights nights = new RecordedNights()
        .Full(RecordedNights.First, RecordedNights.Study("NCT99000001"), RecordedNights.Study("NCT99000002"))
        .Changes(
            RecordedNights.Second,
            RecordedNights.Upsert(RecordedNights.Study("NCT99000001", updated: "2031-03-02", enrollment: 15)),
            RecordedNights.Upsert(RecordedNights.Study("NCT99000003", updated: "2031-03-02", posted: "2031-03-02")))
        .Update(RecordedNights.First, RecordedNights.Article(90000001), RecordedNights.Article(90000002))
        .Update(RecordedNights.Second, RecordedNights.Article(90000002, title: "Another invented title"), RecordedNights.Article(90000003, entrez: "2031/3/2", pubmed: "2031/3/2"));

    public void Dispose()
    {
        nights.Dispose();
        cartingest.Dispose();
    }

    [Fact]
    public async Task Writes_a_line_a_night_by_the_contract_and_leaves_nothing_behind()
    {
        var answered = (await RehearseAsync("--json")).Ends(0);

        Assert.Equal(["2031-03-01", "2031-03-02"], answered.Json.Select(night => night.GetProperty("night").GetString()));
        Assert.Equal([1, 2], answered.Json.Select(night => night.GetProperty("run").GetInt32()));
        Assert.All(answered.Json, night =>
        {
            Assert.StartsWith("night run sources likely possible tasks changes alerts", Answered.Members(night), StringComparison.Ordinal);
            Assert.All(night.GetProperty("sources").EnumerateArray(), source =>
            {
                Assert.StartsWith(Members, Answered.Members(source), StringComparison.Ordinal);
                Assert.Contains("complete", Answered.Members(source), StringComparison.Ordinal);
                Assert.StartsWith("missing unavailable quarantined", Answered.Members(source.GetProperty("named")), StringComparison.Ordinal);
                Assert.InRange(source.GetProperty("requests").GetInt32(), 1, 12);
            });
        });
        Assert.Equal(
            ["pubmed 2 2 2 0 0 true", "clinicaltrials 2 2 2 0 0 true", "pubmed 3 3 1 1 1 true", "clinicaltrials 3 3 1 1 1 true"],
            answered.Json.SelectMany(night => night.GetProperty("sources").EnumerateArray()).Select(source =>
                string.Join(' ', new[] { "source", "announced", "held", "new", "revised", "unchanged" }.Select(name => source.GetProperty(name).ToString()).Append(source.GetProperty("complete").GetRawText()))));
        Assert.Equal(
            ["""{"id":"nct:NCT99000001","field":"enrollment.count","from":"12","to":"15"}""", """{"id":"nct:NCT99000001","field":"lastUpdatePosted","from":"2031-02-20","to":"2031-03-02"}""", """{"id":"pmid:90000002","field":"title","from":"Invented cells in an invented disease","to":"Another invented title"}"""],
            answered.Json[1].GetProperty("changes").EnumerateArray().Select(change => change.GetRawText()).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(cartingest.Folder));
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(cartingest.Temporary), left => Path.GetFileName(left).StartsWith("cartingest-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Goes_on_from_its_store_to_the_same_end_and_then_finds_nothing_new()
    {
        (await PlayAsync("--json", "--store", "whole")).Ends(0);
        var until = (await PlayAsync("--json", "--store", "parts", "--until", "2031-03-01")).Ends(0);
        Assert.Equal(["2031-03-01"], until.Json.Select(night => night.GetProperty("night").GetString()));
        var rest = (await PlayAsync("--json", "--store", "parts")).Ends(0);
        Assert.Equal(["2031-03-02"], rest.Json.Select(night => night.GetProperty("night").GetString()));
        var state = await StateAsync("whole");
        Assert.Equal(state, await StateAsync("parts"));

        var again = (await PlayAsync("--json", "--store", "whole")).Ends(0);

        Assert.All(again.Json.SelectMany(night => night.GetProperty("sources").EnumerateArray()), source =>
        {
            Assert.Equal((0, 0, 3), (source.GetProperty("new").GetInt32(), source.GetProperty("revised").GetInt32(), source.GetProperty("unchanged").GetInt32()));
            Assert.True(source.GetProperty("complete").GetBoolean());
        });
        Assert.Equal(state, await StateAsync("whole"));
        var status = Assert.Single((await cartingest.CallAsync("status", "--json", "--store", "whole")).Ends(0).Json);
        Assert.Equal("""{"clinicaltrials":"2031-03-02","pubmed":"2031-03-02"}""", status.GetProperty("watermarks").GetRawText());
        Assert.Equal([3, 2, 1], status.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("run").GetInt32()));
        var arms = (await cartingest.CallAsync("search", "--json", "--store", "whole")).Ends(0).Json;
        Assert.All(arms, arm => Assert.Equal((3, true), (arm.GetProperty("count").GetInt32(), arm.GetProperty("proven").GetBoolean())));
        var then = (await cartingest.RunAsync("export", "--format", "jsonl", "--of", "all", "--as-of", "2031-03-01", "--store", "whole")).Ends(0);
        Assert.Equal(["nct:NCT99000001", "nct:NCT99000002", "pmid:90000001", "pmid:90000002"], then.Json.Select(record => record.GetProperty("id").GetString()));
        Assert.All(then.Json, record => Assert.Equal("2031-03-01", record.GetProperty("firstSeen").GetString()));
        Assert.Equal(12, then.Json[0].GetProperty("enrollment").GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Tells_people_the_same_in_tables()
    {
        var answered = (await RehearseAsync()).Ends(0);

        Assert.Contains("Night of 2 Mar 2031, run 2", answered.Out, StringComparison.Ordinal);
        Assert.Contains("enrollment.count", answered.Out, StringComparison.Ordinal);
        Assert.Contains("2 nights, 2 complete", answered.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plays_a_night_again_that_died_after_its_sources_and_before_it_was_judged()
    {
        (await PlayAsync("--json", "--store", "store", "--until", "2031-03-01")).Ends(0);
        await using (var store = new StoreFactory(new StorageOptions { ConnectionString = StorageOptions.ConnectionTo(Path.Combine(cartingest.InFolder("store"), "cartingest.db")) }).Open())
        {
            await store.Runs.ExecuteUpdateAsync(set => set.SetProperty(run => run.WeighedChange, (long?)null).SetProperty(run => run.EndedAt, (DateTimeOffset?)null));
        }

        Assert.Equal("2031-03-01", (await PlayAsync("--json", "--store", "store")).Ends(0).Json[0].GetProperty("night").GetString());
    }

    [Fact]
    public async Task Refuses_an_end_before_the_first_night() => (await RehearseAsync("--until", "2031-02-01")).Refuses(2, "2031-02-01", "2031-03-01");

    [Fact]
    public async Task Never_plays_a_night_before_one_that_the_store_holds()
    {
        (await PlayAsync("--store", "store")).Ends(0);
        var state = await StateAsync("store");

        var answered = (await PlayAsync("--json", "--store", "store", "--until", "2031-03-01")).Ends(0);

        Assert.Equal("", answered.Out);
        Assert.Contains("up to 2031-03-02: 1 nights are not played again", answered.Error, StringComparison.Ordinal);
        Assert.Equal(state, await StateAsync("store"));
        Assert.Equal(2, Assert.Single((await cartingest.CallAsync("status", "--json", "--store", "store")).Ends(0).Json).GetProperty("runs").GetArrayLength());
    }

    [Fact]
    public async Task Enters_no_database_that_only_the_environment_names()
    {
        cartingest.Environment["Storage__Provider"] = "PostgreSql";
        cartingest.Environment["Storage__ConnectionString"] = "Host=127.0.0.1;Port=9;Timeout=2";

        Assert.Equal(2, (await RehearseAsync("--json")).Ends(0).Lines.Count);
        (await RehearseAsync("--json", "--set", "Storage:Provider=PostgreSql")).Refuses(3, "127.0.0.1:9", "Storage:ConnectionString");
    }

    [SkippableFact]
    public async Task Ends_after_the_night_in_progress_when_it_is_terminated_and_goes_on_later()
    {
        Shared.Require(!OperatingSystem.IsWindows(), "there are no signals here");
        for (var day = 3; day <= 22; day++)
        {
            nights.Changes(new DateOnly(2031, 3, day), RecordedNights.Upsert(RecordedNights.Study("NCT99000001", updated: $"2031-03-{day:00}", enrollment: 20 + day)));
        }

        using var rehearsing = cartingest.Start("rehearse", "--nights", nights.Registry, "--pubmed", nights.PubMed, "--json", "--store", "parts");
        await rehearsing.SaysAsync("2/22 night of 2031-03-02");
        await rehearsing.SignalAsync("TERM");
        var first = (await rehearsing.EndAsync()).Ends(0);

        Assert.InRange(first.Lines.Count, 2, 21);
        Assert.Contains("were not begun", first.Error, StringComparison.Ordinal);
        Assert.Equal(22 - first.Lines.Count, (await PlayAsync("--json", "--store", "parts")).Ends(0).Lines.Count);
        (await PlayAsync("--json", "--store", "whole")).Ends(0);
        Assert.Equal(await StateAsync("whole"), await StateAsync("parts"));
    }

    private async Task<string?> StateAsync(string store) => Assert.Single((await cartingest.CallAsync("verify", "--json", "--store", store)).Ends(0).Json).GetProperty("state").GetString();

    /// <summary>Within this process, where only the store matters.</summary>
    private Task<Answered> PlayAsync(params string[] more) => cartingest.CallAsync(["rehearse", "--nights", nights.Registry, "--pubmed", nights.PubMed, .. more]);

    private Task<Answered> RehearseAsync(params string[] more) => cartingest.RunAsync(["rehearse", "--nights", nights.Registry, "--pubmed", nights.PubMed, .. more]);
}
