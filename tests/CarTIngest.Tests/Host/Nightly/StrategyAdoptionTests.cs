using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Screening;
using CarTIngest.Sources;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Tests.Host.Nightly;

/// <summary>By which strategy a night asks when the review folder's was changed.</summary>
public sealed class StrategyAdoptionTests : IDisposable
{
    private readonly Nights nights = new();

    public StrategyAdoptionTests()
    {
        nights.Source.Give(1, "First");
        nights.Source.Give(2, "Second");
        nights.Source.Matches["term=narrower"] = [1];
    }

    public void Dispose() => nights.Dispose();

    [Fact]
    public async Task The_first_strategy_is_taken_and_a_changed_one_waits_while_the_one_before_goes_on()
    {
        Assert.Empty((await nights.NextAsync()).Waiting);
        nights.Source.Strategy = "narrower";

        var night = await nights.NextAsync();

        Assert.True(night.Complete);
        Assert.Equal(2, night.Sources[0].Announced);
        var waiting = Assert.Single(night.Waiting);
        Assert.Equal(("strategy of pubmed", new Strategy("pubmed", nights.Source.Arms).Hash), (waiting.What, waiting.Offered));
        Assert.Contains("It differs in A.", waiting.Says, StringComparison.Ordinal);
        Assert.Equal("everything", Assert.Single(nights.Source.LastArms).Parameters["term"]);
    }

    [Fact]
    public async Task Adopted_by_two_it_takes_effect_with_the_next_night_and_is_kept()
    {
        await nights.NextAsync();
        nights.Source.Strategy = "narrower";
        await nights.AdoptAsync();

        var night = await nights.NextAsync();

        Assert.Empty(night.Waiting);
        Assert.Equal((1, 1), (night.Sources[0].Announced, night.Sources[0].Left));
        Assert.Empty((await nights.NextAsync()).Waiting);
        await using var store = nights.Stores.Open();
        Assert.Equal([1L, 2L], await store.Strategies.OrderBy(row => row.Id).Select(row => row.RunId).ToListAsync());
        Assert.True((await nights.VerifyAsync()).Whole);
    }

    [Fact]
    public async Task Put_back_it_waits_again_until_that_too_is_adopted()
    {
        await nights.NextAsync();
        nights.Source.Strategy = "narrower";
        await nights.AdoptAsync();
        await nights.NextAsync();
        nights.Source.Strategy = "everything";

        Assert.Single((await nights.NextAsync()).Waiting);
        await nights.AdoptAsync();
        Assert.Equal(2, (await nights.NextAsync()).Sources[0].Announced);
    }

    [Fact]
    public async Task One_that_was_adopted_and_left_again_waits_when_it_is_put_back()
    {
        nights.Source.Matches["term=widest"] = [1, 2];
        await nights.NextAsync();
        foreach (var strategy in new[] { "narrower", "widest" })
        {
            nights.Source.Strategy = strategy;
            await nights.AdoptAsync();
            Assert.Empty((await nights.NextAsync()).Waiting);
        }

        nights.Source.Strategy = "narrower";

        var night = await nights.NextAsync();
        Assert.Equal((1, 2), (night.Waiting.Count, night.Sources[0].Announced));
    }

    [Fact]
    public async Task A_night_that_died_before_its_end_has_not_used_it()
    {
        nights.Source.Down = true;
        await nights.NextAsync();
        nights.Source.Down = false;
        nights.Source.Strategy = "narrower";

        Assert.Equal((1, 0), ((await nights.NextAsync()).Sources[0].Announced, (await nights.NextAsync()).Waiting.Count));
    }

    [Fact]
    public async Task A_strategy_whose_kept_arms_were_altered_is_damage()
    {
        await nights.NextAsync();
        await using var store = nights.Stores.Open();
        await store.Strategies.ExecuteUpdateAsync(set => set.SetProperty(row => row.Arms, "[]"));

        await Assert.ThrowsAsync<StoreDamagedException>(() => StrategyShelf.LastAsync(store, "pubmed", CancellationToken.None));
    }

    [Fact]
    public async Task What_another_strategy_would_bring_and_lose_is_asked_of_the_source_and_the_included_comes_first()
    {
        foreach (var pmid in new long[] { 3, 4, 5 })
        {
            nights.Source.Give(pmid, "Phase 1 trial of CD33 CAR-T in acute myeloid leukemia");
        }

        await nights.PublishAsync(["pmid:5"]);
        await nights.NextAsync();
        nights.Source.Matches["term=other"] = [1, 99];
        nights.Source.Matches["term=both"] = [2];
        var (old, other) = (Strategy(("A", "everything"), ("B", "both")), Strategy(("A", "other"), ("B", "both")));

        var tried = await new StrategyTrial(new RecordLooks(nights.Stores, ProtocolFile.Plain)).TryAsync(nights.Source, old, other, CancellationToken.None);

        Assert.Equal((5, 3), (tried.Before, tried.After));
        Assert.Equal(["pmid:5", "pmid:3", "pmid:4"], tried.Lost.Select(moved => moved.Seen.Id.Text));
        Assert.Equal((StudyClass.Included, Holding.Held), (tried.Lost[0].Seen.Class, tried.Lost[0].Seen.Holding));
        Assert.Equal(("pmid:99", Holding.NotHeld), (Assert.Single(tried.Gained).Seen.Id.Text, tried.Gained[0].Seen.Holding));
        Assert.Equal([new TriedArm("A", 5, 2, 1, 4), new TriedArm("B", 1, 1, 0, 0)], tried.Arms);
        Assert.Equal(3, nights.Source.LastArms.Count);
    }

    private static Strategy Strategy(params (string Name, string Term)[] arms) => new("pubmed", [.. arms.Select(arm => new SearchArm("pubmed", arm.Name, "", new Dictionary<string, string> { ["term"] = arm.Term }))]);
}
