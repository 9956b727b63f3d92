using CarTIngest.Host.Storage;
using CarTIngest.Reporting;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Tests.Host.Nightly;

/// <summary>Whether the searches bring back what people included, night after night.</summary>
public sealed class WatchStageTests : IDisposable
{
    private const string Likely = "Phase 1 trial of CD33 CAR-T in acute myeloid leukemia";

    private readonly Nights nights = new();

    public void Dispose() => nights.Dispose();

    [Fact]
    public async Task A_study_that_left_the_strategy_is_told_once_lasts_in_the_status_and_is_told_again_when_it_is_back()
    {
        nights.Source.Give(1, Likely);
        nights.Source.Give(2, Likely);
        await nights.PublishAsync(["pmid:1"]);
        Assert.Empty((await nights.NextAsync()).Watch);
        nights.Source.Announces = [2];

        var lost = Assert.Single((await nights.NextAsync()).Watch);

        Assert.Equal((ScriptedSource.IdOf(1), "pmid:1", "strategy", nights.Last, null), (lost.Id, lost.Study, lost.Lost, lost.Since, lost.Until));
        Assert.StartsWith("Matched until now by A.", lost.Because, StringComparison.Ordinal);
        Assert.Empty((await nights.NextAsync()).Watch);
        Assert.Equal([lost], await OpenAsync());
        nights.Source.Announces = null;
        var back = Assert.Single((await nights.NextAsync()).Watch);
        Assert.Equal(lost with { Until = nights.Last }, back);
        Assert.Empty(await OpenAsync());
        Assert.True((await nights.VerifyAsync()).Whole);
    }

    [Fact]
    public async Task Whoever_people_did_not_include_is_not_watched()
    {
        nights.Source.Give(1, Likely);
        await nights.NextAsync();
        nights.Source.Announces = [];
        nights.Source.Give(2, Likely);
        nights.Source.Announces = [2];

        Assert.Empty((await nights.NextAsync()).Watch);
    }

    [Fact]
    public async Task A_study_that_people_classed_is_watched_until_they_say_otherwise_and_its_class_is_not_touched()
    {
        nights.Source.Give(1, Likely);
        nights.Source.Give(2, Likely);
        await nights.NextAsync();
        await nights.IncludeAsync("pmid:1");
        nights.Source.Announces = [2];

        Assert.Equal("strategy", Assert.Single((await nights.NextAsync()).Watch).Lost);
        await using (var store = nights.Stores.Open())
        {
            Assert.Equal(5, (await DecisionBook.StateAsync(store, ProtocolFile.Plain, CancellationToken.None)).Number);
        }

        await nights.DecideAsync(new DecisionDraft("Ada", "pmid:1", new Classed(StudyClass.AwaitingClassification)));
        Assert.NotNull(Assert.Single((await nights.NextAsync()).Watch).Until);
    }

    [Fact]
    public async Task A_night_that_proves_nothing_neither_loses_nor_finds_again()
    {
        nights.Source.Give(1, Likely);
        nights.Source.Give(2, Likely);
        await nights.PublishAsync(["pmid:1"], ["pmid:77"]);
        nights.Source.WhyNotProven = "5 counted, 2 listed.";
        Assert.Empty((await nights.NextAsync()).Watch);
        nights.Source.WhyNotProven = null;
        var absent = Assert.Single((await nights.NextAsync()).Watch);
        Assert.Equal((ScriptedSource.IdOf(77), "base:Study 2"), (absent.Id, absent.Study));
        nights.Source.Announces = [2];
        nights.Source.Down = true;
        Assert.Empty((await nights.NextAsync()).Watch);

        Assert.Equal([absent], await OpenAsync());
    }

    [Fact]
    public async Task A_deleted_record_is_lost_by_its_source_and_a_changed_title_by_its_verdict_with_the_criterion()
    {
        nights.Source.Give(1, Likely);
        nights.Source.Give(2, Likely);
        nights.Source.Give(3, Likely);
        await nights.PublishAsync(["pmid:1"], ["pmid:2"]);
        await nights.NextAsync();
        nights.Source.Gives.Remove(1);
        nights.Source.Give(2, "Phase 1 trial of CD19 CAR-T in B-cell lymphoma");
        nights.Source.Touches.Add(2);

        var watch = (await nights.NextAsync()).Watch;

        Assert.Equal([(ScriptedSource.IdOf(1), "source"), (ScriptedSource.IdOf(2), "verdict")], watch.Select(loss => (loss.Id, loss.Lost)));
        Assert.Contains("by rulebook", watch[1].Because, StringComparison.Ordinal);
        Assert.Contains("population unmet, was met", watch[1].Because, StringComparison.Ordinal);
        Assert.Contains("Changed in the record: title.", watch[1].Because, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Which_arm_matched_it_until_when_stays_written_and_what_changed_in_it_is_named()
    {
        nights.Source.Give(1, Likely);
        nights.Source.Give(2, Likely);
        await nights.PublishAsync(["pmid:1"]);
        await nights.NextAsync();
        nights.Source.Give(1, "Phase 1 trial of CD123 CAR-T in acute myeloid leukemia");
        nights.Source.Announces = [2];

        Assert.Equal("Matched until now by A. Changed in the record: title.", Assert.Single((await nights.NextAsync()).Watch).Because);
        await using var store = nights.Stores.Open();
        var matches = await store.Matches.OrderBy(match => match.Id).ToListAsync();
        Assert.Equal([("pmid:1", (DateOnly?)nights.Last), ("pmid:2", null)], matches.Select(match => (match.RecordId, match.UntilNight)));
    }

    private async Task<IReadOnlyList<WatchedLoss>> OpenAsync() => (await new StoreStatus(nights.Stores).ReadAsync(7, CancellationToken.None)).Watch;
}
