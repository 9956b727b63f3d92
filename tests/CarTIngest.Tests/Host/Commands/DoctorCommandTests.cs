using System.Diagnostics;
using CarTIngest.Tests.Rehearsal;

namespace CarTIngest.Tests.Host.Commands;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly Cartingest cartingest = new();

    public void Dispose() => cartingest.Dispose();

    [Fact]
    public async Task Says_what_is_wrong_and_what_to_do_while_both_services_are_down()
    {
        var began = Stopwatch.GetTimestamp();

        var answered = (await cartingest.RunAsync(["doctor", "--json", .. Asking("http://127.0.0.1:9/", "http://127.0.0.1:9/")])).Ends(3);

        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.Equal("settings review store disk pubmed clinicaltrials", string.Join(' ', answered.Json.Select(check => check.GetProperty("check").GetString())));
        Assert.All(answered.Json, check => Assert.Equal(check.GetProperty("ok").GetBoolean() ? "check ok says" : "check ok says do", Answered.Members(check)));
        Assert.Equal("store pubmed clinicaltrials", string.Join(' ', answered.Json.Where(check => !check.GetProperty("ok").GetBoolean()).Select(check => check.GetProperty("check").GetString())));
        Assert.Contains("There is no store yet", answered.Out, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(cartingest.Folder));
    }

    [Fact]
    public async Task Finds_all_well_after_a_complete_night()
    {
        await using var standIn = await StandIn.StartAsync(new RecordedNights()
            .Full(RecordedNights.First, RecordedNights.Study("NCT99000001")).Update(RecordedNights.First, RecordedNights.Article(90000001)));
        var asking = Asking(standIn.Server.EUtilsAddress.ToString(), standIn.Server.RegistryAddress.ToString());
        (await cartingest.RunAsync(["run", .. asking])).Ends(0);
        string[] told = ["--set", "Alerts:To=you@hospital.example"];

        var answered = (await cartingest.RunAsync(["doctor", "--json", .. asking, .. told])).Ends(0);

        Assert.Equal(
            "settings review store disk pubmed clinicaltrials clock nights runs adoption watch mail silence incomplete band drift quarantine outbox",
            string.Join(' ', answered.Json.Where(check => check.GetProperty("ok").GetBoolean()).Select(check => check.GetProperty("check").GetString())));
        Assert.Contains("It answers", (await cartingest.RunAsync(["doctor", .. asking, .. told])).Ends(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_away_is_a_line_among_the_others()
    {
        var lines = (await cartingest.RunAsync(["doctor", "--json", "--set", "Http:Retries=0", "--set", "Storage:Provider=PostgreSql", "--set", "Storage:ConnectionString=Host=127.0.0.1;Port=9;Timeout=2", .. Asking("http://127.0.0.1:9/", "http://127.0.0.1:9/")])).Ends(3).Json;

        Assert.Contains("127.0.0.1:9", lines.Single(line => line.GetProperty("check").GetString() == "store").GetProperty("says").GetString(), StringComparison.Ordinal);
        Assert.Contains(lines, line => line.GetProperty("check").GetString() == "pubmed");
    }

    [Fact]
    public async Task Settings_that_cannot_be_used_are_refused_as_everywhere() => (await cartingest.RunAsync("doctor", "--set", "Schedule:Night=25:99")).Refuses(4, "25:99");

    private static string[] Asking(string pubmed, string registry) =>
    [
        "--set", $"Sources:PubMed:BaseAddress={pubmed}", "--set", $"Sources:ClinicalTrials:BaseAddress={registry}",
        "--set", "Sources:PubMed:RequestsPerSecond=200", "--set", "Sources:ClinicalTrials:RequestsPerSecond=200",
    ];
}
