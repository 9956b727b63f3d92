using CarTIngest.Tests.Host.Commands;

namespace CarTIngest.Tests.Invented;

/// <summary>The invented nights while one request in five fails: the end is the one that they have without faults, and every night tells the same.</summary>
public sealed class FaultyNightsTests(InventedNights nights) : IClassFixture<InventedNights>
{
    [Theory]
    [InlineData("0.2@1")]
    [InlineData("0.2@2")]
    public async Task With_one_fault_in_five_the_same_is_held_and_the_same_is_told(string faults)
    {
        var store = $"faults-{faults}";
        var played = (await nights.RehearseAsync(store, "--faults", faults)).Ends(3);

        Assert.Equal(await nights.StateAsync("whole"), await nights.StateAsync(store));
        Assert.Matches("[3-9][0-9] faults in [2-4][0-9][0-9] requests: ", played.Error);
        foreach (var (calm, faulty) in nights.Played.Json.Zip(played.Json))
        {
            foreach (var name in new[] { "night", "likely", "possible", "tasks", "changes" })
            {
                Assert.Equal(calm.GetProperty(name).GetRawText(), faulty.GetProperty(name).GetRawText());
            }

            foreach (var (source, disturbed) in calm.GetProperty("sources").EnumerateArray().Zip(faulty.GetProperty("sources").EnumerateArray()))
            {
                foreach (var name in new[] { "announced", "held", "new", "revised", "unchanged", "left", "missing", "gone", "quarantined", "unavailable", "named", "complete" })
                {
                    Assert.Equal(source.GetProperty(name).GetRawText(), disturbed.GetProperty(name).GetRawText());
                }
            }
        }
    }

    [Fact]
    public async Task A_source_that_fails_for_a_whole_night_is_down_and_the_next_night_makes_up_for_it()
    {
        var rules = nights.Write("down.jsonl", """
            # For one night PubMed does not say how new its data are.
            {"fault":"E2","endpoint":"einfo","probability":1,"night":"2028-03-06"}
            """);
        var played = (await nights.RehearseAsync("down", "--faults", rules)).Ends(3);

        var night = Assert.Single(played.Json, line => line.GetProperty("night").GetString() == "2028-03-06").GetProperty("sources");
        Assert.False(night[0].GetProperty("complete").GetBoolean());
        Assert.True(night[1].GetProperty("complete").GetBoolean());
        Assert.Contains("Database is not supported", night[0].GetProperty("why").GetRawText(), StringComparison.Ordinal);
        Assert.True(played.Json[^1].GetProperty("sources")[0].GetProperty("complete").GetBoolean());
    }

    [Theory]
    [InlineData("2")]
    [InlineData("0.2@seven")]
    [InlineData("no-such-rules.jsonl")]
    public async Task Faults_that_cannot_be_read_are_a_usage_error(string faults)
    {
        var refused = (await nights.RehearseAsync("unused", "--faults", faults)).Ends(2);
        Assert.StartsWith("--faults ", refused.Error, StringComparison.Ordinal);
    }
}
