using CarTIngest.Tests.Host.Commands;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Tests.Invented;

/// <summary><c>replay</c>: a night once more from what the store kept of it, with the same end; and a night of which something was altered, with another.</summary>
public sealed class ReplayTests(InventedNights nights) : IClassFixture<InventedNights>
{
    [Theory]
    [InlineData("0.2@3")]
    [InlineData("0.2@5")]
    public async Task A_night_played_again_from_its_bytes_ends_the_same_whatever_failed_in_it(string faults)
    {
        var store = $"replay-{faults}";
        (await nights.RehearseAsync(store, "--faults", faults)).Ends(3);
        foreach (var run in new[] { 1, 5, 6, 10 })
        {
            var again = (await nights.CallAsync("replay", "--run", $"{run}", "--store", store, "--json")).Ends(0);
            var told = Assert.Single(again.Json);
            Assert.True(told.GetProperty("same").GetBoolean());
            Assert.Equal(run, told.GetProperty("run").GetInt32());
            Assert.All(told.GetProperty("sources").EnumerateArray(), source => Assert.InRange(source.GetProperty("answers").GetInt32(), 5, 50));
        }
    }

    [Fact]
    public async Task A_source_that_was_down_is_down_again_for_the_same_reason()
    {
        var rules = nights.Write("replay-down.jsonl", """{"fault":"E2","endpoint":"efetch","probability":1,"night":"2028-03-06"}""");
        (await nights.RehearseAsync("replay-down", "--faults", rules)).Ends(3);

        var again = (await nights.CallAsync("replay", "--run", "10", "--store", "replay-down")).Ends(0);

        Assert.Contains("Run 10, night of 2028-03-06, ends the same.", again.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_what_differs_where_the_ledger_was_altered()
    {
        (await nights.RehearseAsync("altered")).Ends(3);
        await using (var store = nights.OpenStore("altered"))
        {
            await store.Database.ExecuteSqlRawAsync("""UPDATE "RunSources" SET "Sums" = replace("Sums", '"new":1', '"new":0') WHERE "RunId" = 3 AND "Source" = 'pubmed'""");
        }

        var again = (await nights.CallAsync("replay", "--run", "3", "--store", "altered")).Ends(7);

        Assert.Contains("pubmed: 9 answers played again, 2 differences.", again.Out, StringComparison.Ordinal);
        Assert.Contains("clinicaltrials: 8 answers played again, the same end.", again.Out, StringComparison.Ordinal);
        Assert.Contains("only then: sums ", again.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_where_another_setting_asks_another_question()
    {
        var again = (await nights.CallAsync("replay", "--run", "1", "--store", "whole", "--set", "Sources:PubMed:FetchBatch=7")).Ends(7);

        Assert.Contains("The replay asks 'POST efetch.fcgi ", again.Out, StringComparison.Ordinal);
        Assert.Contains("give the old one by --set", again.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("99", "There is no run 99.")]
    [InlineData("4", "Run 4 was cut short")]
    public async Task A_night_that_cannot_be_played_is_a_usage_error(string run, string says)
    {
        (await nights.RehearseAsync($"unended-{run}", "--until", "2028-02-28")).Ends(0);
        await using (var store = nights.OpenStore($"unended-{run}"))
        {
            await store.Database.ExecuteSqlRawAsync("""UPDATE "Runs" SET "EndedAt" = NULL WHERE "Id" = 4""");
        }

        Assert.StartsWith(says, (await nights.CallAsync("replay", "--run", run, "--store", $"unended-{run}")).Ends(2).Error, StringComparison.Ordinal);
    }
}
