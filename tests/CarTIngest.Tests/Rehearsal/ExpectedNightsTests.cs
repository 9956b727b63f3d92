using System.Diagnostics;
using System.Text.Json;
using static CarTIngest.Tests.Rehearsal.RecordedNights;

namespace CarTIngest.Tests.Rehearsal;

/// <summary><c>tests/expected_nights.py</c> counts from the files by itself; here it is held against nights counted by hand.</summary>
public sealed class ExpectedNightsTests : IDisposable
{
    private const string Queued = "0 studies entered, each once; 0 tasks, each with its reason";

    private static readonly DateOnly Fourth = new(2031, 3, 5);

    private readonly RecordedNights nights = new RecordedNights()
        .Full(First, Study("NCT90000001"), Study("NCT90000002"), Study("NCT90000003"))
        .Update(First, Article(90000001), Article(90000002), Book(90000003))
        .Changes(Second, Gone("NCT90000002"), Merged("NCT90000003", "NCT90000001"), Upsert(Study("NCT90000004")))
        .Update(Third, Article(90000004), Delete(90000001, 90000002))
        .Update(Fourth, Article(90000001, version: 2));

    // announced, new, left, missing, gone
    private readonly string[] byHand =
    [
        "2031-03-01 pubmed 3 3 0 0 0", "2031-03-01 clinicaltrials 3 3 0 0 0",
        "2031-03-02 pubmed 3 0 0 0 0", "2031-03-02 clinicaltrials 2 1 0 2 0",
        "2031-03-04 pubmed 2 1 0 2 0", "2031-03-04 clinicaltrials 2 0 0 0 2",
        "2031-03-05 pubmed 3 0 0 0 1", "2031-03-05 clinicaltrials 2 0 0 0 0",
    ];

    [SkippableFact]
    public async Task Counts_what_a_hand_counts()
    {
        var (lines, exit) = await RunAsync("--json");

        Assert.Equal(0, exit);
        Assert.Equal(byHand, lines.SelectMany(line => Rows(JsonDocument.Parse(line).RootElement)));
    }

    [SkippableFact]
    public async Task Says_that_a_rehearsal_agrees_and_where_it_does_not()
    {
        // As a rehearsal writes them, of nights on which nothing entered the queue.
        var lines = (await RunAsync("--json")).Lines.Select(line => $$"""{{line[..^1]}}, "likely": [], "possible": [], "tasks": [], "changes": []}""").ToArray();
        var agreeing = nights.WritePlain("same.jsonl", string.Join('\n', lines));
        var differing = nights.WritePlain("other.jsonl", string.Join('\n', lines).Replace("\"missing\": 2", "\"missing\": 1", StringComparison.Ordinal));
        var cut = nights.WritePlain("cut.jsonl", string.Join('\n', lines[..^1]));

        await SaysAsync(agreeing, 0, Queued, "4 nights, 8 sources, 40 sums compared, 0 differences");
        await SaysAsync(
            differing,
            1,
            Queued,
            "2031-03-02 clinicaltrials missing: 1, expected 2",
            "2031-03-04 pubmed missing: 1, expected 2",
            "4 nights, 8 sources, 40 sums compared, 2 differences");
        await SaysAsync(cut, 1, Queued, "2031-03-05: absent", "3 nights, 6 sources, 30 sums compared, 1 differences");
    }

    [SkippableFact]
    public async Task The_stand_in_announces_what_it_counts()
    {
        var (lines, _) = await RunAsync("--json");
        await using var standIn = await StandIn.StartAsync(nights);
        var announced = new List<int>();
        foreach (var night in new[] { First, Second, Third, Fourth })
        {
            standIn.Server.MoveTo(night);
            announced.Add(int.Parse((await standIn.SearchAsync("x")).Element("Count")!.Value, System.Globalization.CultureInfo.InvariantCulture));
            announced.Add((await standIn.JsonAsync("studies?countTotal=true")).GetProperty("totalCount").GetInt32());
        }

        Assert.Equal(
            lines.SelectMany(line => JsonDocument.Parse(line).RootElement.GetProperty("sources").EnumerateArray()).Select(source => source.GetProperty("announced").GetInt32()), announced);
    }

    public void Dispose() => nights.Dispose();

    private async Task SaysAsync(string rehearsal, int exit, params string[] says)
    {
        var (lines, code) = await RunAsync("--against", rehearsal);
        Assert.Equal(says, lines);
        Assert.Equal(exit, code);
    }

    private static IEnumerable<string> Rows(JsonElement night) => night.GetProperty("sources").EnumerateArray().Select(source => string.Join(
        ' ', new[] { night.GetProperty("night"), source.GetProperty("source") }.Concat(new[] { "announced", "new", "left", "missing", "gone" }.Select(source.GetProperty))));

    private async Task<(string[] Lines, int Exit)> RunAsync(params string[] more)
    {
        Shared.Require((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "python3"))), "there is no python3");
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true };
        foreach (var argument in new[] { Path.Combine(Shared.RepositoryRoot, "tests", "expected_nights.py"), nights.Registry, nights.PubMed }.Concat(more))
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (output.Split('\n', StringSplitOptions.RemoveEmptyEntries), process.ExitCode);
    }
}
