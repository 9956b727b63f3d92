using System.Diagnostics;
using System.Text.Json;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Tests.Invented;

/// <summary>What the invented nights give, against <c>tests/Nights/expected.json</c>, which was counted by hand; their README tells what each night is for.</summary>
public sealed class InventedNightsTests(InventedNights nights) : IClassFixture<InventedNights>
{
    /// <summary>All is new then, and its names would say nothing that its sums do not.</summary>
    private const string First = "2028-02-25";

    private static readonly string[] Sums = ["announced", "held", "new", "revised", "unchanged", "left", "missing", "gone", "quarantined", "unavailable", "complete"];
    private static readonly string[] Names = ["missing", "unavailable", "quarantined", "left", "gone", "new"];

    public static TheoryData<string> Dates => [.. InventedNights.Expected.GetProperty("nights").EnumerateArray().Select(night => night.GetProperty("night").GetString()!)];

    [Theory]
    [MemberData(nameof(Dates))]
    public void A_night_gives_the_sums_and_names_that_a_hand_counted(string date)
    {
        var expected = ExpectedOn(date);

        Assert.Equal(
            new[] { "pubmed", "clinicaltrials" }.Select(source => $"{source}: {SumsOf(expected.GetProperty(source))}"),
            nights.Night(date).GetProperty("sources").EnumerateArray().Select(source => $"{source.GetProperty("source")}: {SumsOf(source)}"));
        foreach (var source in nights.Night(date).GetProperty("sources").EnumerateArray())
        {
            var wanted = expected.GetProperty(source.GetProperty("source").GetString()!);
            foreach (var name in Names.Where(name => name != "new" || date != First))
            {
                Assert.Equal(wanted.TryGetProperty("named", out var named) && named.TryGetProperty(name, out var ids) ? ids.ToString().Replace(" ", "", StringComparison.Ordinal) : "[]", source.GetProperty("named").GetProperty(name).GetRawText());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Dates))]
    public void A_night_tells_the_fields_that_changed_and_no_other(string date)
    {
        var expected = ExpectedOn(date).GetProperty("changes").EnumerateArray().ToList();
        var given = nights.Night(date).GetProperty("changes").EnumerateArray().ToList();

        Assert.All(given, change => Assert.True(expected.Any(wanted => Matches(wanted, change)), $"not expected: {change}"));
        Assert.All(expected, wanted => Assert.True(given.Any(change => Matches(wanted, change)), $"absent: {wanted}"));
    }

    [Theory]
    [InlineData("2028-02-29", 0, "matched 25 on the last complete night and 10 now")]
    [InlineData("2028-03-01", 1, "matched 21 on the last complete night and 0 now")]
    public void A_census_that_shrank_is_refused_in_words_for_every_arm(string date, int source, string says)
    {
        var why = nights.Night(date).GetProperty("sources")[source].GetProperty("why").EnumerateArray().ToList();

        Assert.InRange(why.Count, 3, 4);
        Assert.All(why, sentence => Assert.Contains(says, sentence.GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_held_record_that_can_no_longer_be_read_is_a_note_and_stays_held()
    {
        var note = Assert.Single(nights.Night("2028-03-06").GetProperty("sources")[0].GetProperty("notes").EnumerateArray());

        Assert.StartsWith("pmid:98000024 is held, but its newest form could not be read", note.GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_the_end_every_record_stands_where_a_hand_put_it()
    {
        await using var store = nights.OpenStore();
        var records = await store.Records.AsNoTracking().ToListAsync();

        foreach (var standing in InventedNights.Expected.GetProperty("standings").EnumerateObject())
        {
            Assert.Equal(
                standing.Value.EnumerateArray().Select(id => id.GetString()),
                records.Where(record => record.Standing.ToString().Equals(standing.Name, StringComparison.OrdinalIgnoreCase)).Select(record => record.Id).Order(StringComparer.Ordinal));
        }

        Assert.Equal(
            InventedNights.Expected.GetProperty("mergedInto").EnumerateObject().Select(merged => (merged.Name, merged.Value.GetString())),
            records.Where(record => record.MergedInto is not null).Select(record => (record.Id, record.MergedInto)));
        var held = InventedNights.Expected.GetProperty("held");
        Assert.Equal(held.GetProperty("publications").GetInt32(), records.Count(record => record.Source == "pubmed" && record.Standing != Standing.Gone));
        Assert.Equal(held.GetProperty("trials").GetInt32(), records.Count(record => record.Source == "clinicaltrials" && record.Standing != Standing.Gone));
        Assert.False(await store.Quarantine.AnyAsync(entry => entry.Open));
    }

    [Fact]
    public async Task A_record_that_left_the_strategy_is_held_with_the_cause_named()
    {
        await using var store = nights.OpenStore();
        var left = await store.RunNamed.AsNoTracking().Where(named => named.Kind == "left").OrderBy(named => named.RunId).ToListAsync();

        Assert.EndsWith("Its changed fields: mesh, status.", left.First(named => named.RecordId == "pmid:98000010").Why, StringComparison.Ordinal);
        Assert.EndsWith("Its changed fields: conditions, lastUpdatePosted.", left.First(named => named.RecordId == "nct:NCT98000010").Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_store_is_whole_and_a_second_rehearsal_finds_nothing_new()
    {
        nights.Played.Ends(3);
        var state = await nights.StateAsync("whole");

        var again = (await nights.RehearseAsync("whole")).Ends(0);

        Assert.Equal("2028-03-12", Assert.Single(again.Json).GetProperty("night").GetString());
        Assert.Equal([], again.Json[0].GetProperty("changes").EnumerateArray());
        Assert.All(again.Json[0].GetProperty("sources").EnumerateArray(), source => Assert.Equal((0, 0, true), (source.GetProperty("new").GetInt32(), source.GetProperty("revised").GetInt32(), source.GetProperty("complete").GetBoolean())));
        Assert.Equal(state, await nights.StateAsync("whole"));
    }

    [Theory]
    [InlineData("2028-02-29", "2028-02-29")]
    [InlineData("2028-03-01", "2028-03-01")]
    [InlineData("2028-03-02", "2028-03-03")]
    public async Task Stopped_after_any_night_it_goes_on_to_the_same_state(string until, string from)
    {
        var store = $"until-{until}";
        await nights.RehearseAsync(store, "--until", until);

        var rest = (await nights.RehearseAsync(store)).Ends(3);

        Assert.Equal(from, rest.Json[0].GetProperty("night").GetString());
        Assert.Equal(await nights.StateAsync("whole"), await nights.StateAsync(store));
    }

    [SkippableFact]
    public async Task On_PostgreSQL_it_gives_the_same_nights_and_the_same_state()
    {
        string[] place = ["--set", "Storage:Provider=PostgreSql", "--set", $"Storage:ConnectionString={PostgresCluster.NewDatabase()}"];

        var played = (await nights.RehearseAtAsync(place)).Ends(3);

        Assert.Equal(nights.Played.Lines, played.Lines);
        Assert.Equal(await nights.StateAsync("whole"), await nights.StateAtAsync(place));
    }

    [SkippableFact]
    public async Task Another_program_that_reads_the_same_files_counts_the_same()
    {
        Shared.Require((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "python3"))), "there is no python3");
        var script = Path.Combine(Shared.RepositoryRoot, "tests", "expected_nights.py");
        var start = new ProcessStartInfo("python3", [script, InventedNights.Registry, InventedNights.PubMed, "--against", nights.Write("nights.jsonl", nights.Played.Out)]) { RedirectStandardOutput = true };

        using var process = Process.Start(start)!;
        var says = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal("11 nights, 22 sources, 110 sums compared, 0 differences\n", says);
    }

    private static JsonElement ExpectedOn(string date) => InventedNights.Expected.GetProperty("nights").EnumerateArray().Single(night => night.GetProperty("night").GetString() == date);

    private static string SumsOf(JsonElement source) => string.Join(' ', Sums.Select(sum => $"{sum} {source.GetProperty(sum)}"));

    private static bool Matches(JsonElement wanted, JsonElement change) =>
        Text(wanted, "id") == Text(change, "id")
        && (Text(wanted, "field") == "*" || (Text(wanted, "field") == Text(change, "field") && Holds(Text(wanted, "from"), Text(change, "from")) && Holds(Text(wanted, "to"), Text(change, "to"))));

    /// <summary>An ellipsis stands for any text; without one the two are the same, or both absent.</summary>
    private static bool Holds(string? wanted, string? given)
    {
        if (wanted?.Contains('…', StringComparison.Ordinal) != true || given is null)
        {
            return wanted == given;
        }

        var at = 0;
        return wanted.Split('…', StringSplitOptions.RemoveEmptyEntries).All(part => (at = given.IndexOf(part, at, StringComparison.Ordinal)) >= 0);
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
