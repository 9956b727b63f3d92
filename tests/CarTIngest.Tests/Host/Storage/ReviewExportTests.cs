using CarTIngest.Eligibility;
using CarTIngest.Facts;
using CarTIngest.Host.Storage;
using CarTIngest.Reporting.Exports;
using CarTIngest.Screening;
using CarTIngest.Simulation;
using CarTIngest.Tests.Host.Nightly;
using CarTIngest.Tests.Screening;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace CarTIngest.Tests.Host.Storage;

/// <summary>Nights and votes over a real store: which records leave, with what, now and as of a day. Nights bear the dates from 2026-03-01 on; people vote at noon of a day.</summary>
public sealed class ReviewExportTests : IDisposable
{
    private const string First = "pmid:1";
    private const string Second = "pmid:2";
    private const string Third = "pmid:3";

    private readonly Nights nights = new();
    private readonly FakeTimeProvider clock = new();

    public void Dispose() => nights.Dispose();

    [Fact]
    public async Task Each_set_holds_the_studies_that_people_put_there()
    {
        await ThreeInTheQueueAsync();

        Assert.Equal([First, Second, Third], await IdsAsync(ExportSet.Queue));
        await IncludeAsync(First, new DateOnly(2026, 3, 2));
        await VoteAsync(Second, Choice.Exclude, Stage.Title, new DateOnly(2026, 3, 3));

        Assert.Equal([Third], await IdsAsync(ExportSet.Queue));
        Assert.Equal([First], await IdsAsync(ExportSet.Included));
        Assert.Equal([Second], await IdsAsync(ExportSet.Excluded));
        Assert.Equal([First, Second, Third], await IdsAsync(ExportSet.All));
    }

    [Fact]
    public async Task A_past_day_is_told_as_it_was()
    {
        await ThreeInTheQueueAsync();
        await IncludeAsync(First, new DateOnly(2026, 3, 2));
        await VoteAsync(Second, Choice.Exclude, Stage.Title, new DateOnly(2026, 3, 3));
        nights.Source.Give(1, "Phase 2 trial of CD123 CAR-T in acute myeloid leukemia");
        nights.Source.Touches.Add(1);
        await nights.NextAsync();
        var (before, then, now) = (new DateOnly(2026, 2, 28), new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 3));

        Assert.Empty(await IdsAsync(ExportSet.Queue, before));
        Assert.Equal([First, Second, Third], await IdsAsync(ExportSet.Queue, then));
        Assert.Empty(await IdsAsync(ExportSet.Included, then));
        Assert.Equal([Second, Third], await IdsAsync(ExportSet.Queue, now.AddDays(-1)));
        Assert.Equal([First], await IdsAsync(ExportSet.Included, now.AddDays(-1)));
        Assert.Equal([Second], await IdsAsync(ExportSet.Excluded, now));
        Assert.Equal(("PHASE1", "CD33"), await FactsAsync(then));
        Assert.Equal(("PHASE2", "CD123"), await FactsAsync(null));
    }

    [Fact]
    public async Task What_waits_leaves_without_a_verdict_and_all_else_with_it()
    {
        await ThreeInTheQueueAsync();

        Assert.All(await RowsAsync(ExportSet.Queue), row => Assert.Null(row.Review!.Verdict));
        Assert.Equal([Verdict.Likely, Verdict.Possible, Verdict.Unlikely], (await RowsAsync(ExportSet.All)).Select(row => row.Review!.Verdict));
    }

    [Fact]
    public async Task An_included_study_leaves_though_its_source_deleted_the_record()
    {
        await ThreeInTheQueueAsync();
        await IncludeAsync(First, new DateOnly(2026, 3, 2));
        nights.Source.Gives.Remove(1);
        await nights.NextAsync();
        await nights.NextAsync();

        Assert.Equal([First], await IdsAsync(ExportSet.Included));
        Assert.Equal([Second, Third], await IdsAsync(ExportSet.All));
    }

    [Fact]
    public async Task A_record_that_no_night_matched_is_a_study_by_itself()
    {
        await ThreeInTheQueueAsync();
        await using (var store = nights.Stores.Open())
        {
            await store.Members.Where(member => member.RecordId == Third).ExecuteDeleteAsync();
            await store.Queue.Where(row => row.Study == Third).ExecuteDeleteAsync();
        }

        var study = Assert.Single((await RowsAsync(ExportSet.All))[2].Review!.Studies);

        Assert.Equal((Third, null), (study.Study, study.Progress));
    }

    /// <summary>One likely, one possible, one unlikely; of these none is set aside.</summary>
    private async Task ThreeInTheQueueAsync()
    {
        nights.Source.Give(1, "Phase 1 trial of CD33 CAR-T in acute myeloid leukemia");
        nights.Source.Give(2, "CAR-T cells for acute myeloid leukemia");
        nights.Source.Give(3, "Venetoclax in chronic lymphocytic leukemia");
        await nights.NextAsync();
    }

    private async Task IncludeAsync(string study, DateOnly day)
    {
        await VoteAsync(study, Choice.Include, Stage.Title, day);
        await VoteAsync(study, Choice.Include, Stage.Full, day);
        await DecideAsync(new DecisionDraft("Ada", study, new Classed(StudyClass.Included)), day);
    }

    private async Task VoteAsync(string study, Choice choice, Stage stage, DateOnly day)
    {
        foreach (var person in new[] { "Ada", "Ben" })
        {
            await DecideAsync(Votes.Vote(person, choice, null, stage, study), day);
        }
    }

    private async Task DecideAsync(DecisionDraft draft, DateOnly day)
    {
        var noon = new DateTimeOffset(day, new TimeOnly(12, 0), TimeSpan.Zero);
        clock.AdjustTime(noon);
        await new DecisionBook(nights.Stores, clock).WriteAsync(
            ProtocolFile.Plain, draft, async (store, _) => (await QueueReading.FindAsync(store, draft.Subject, CancellationToken.None))?.Members, CancellationToken.None);
    }

    private async Task<List<ExportRow>> RowsAsync(ExportSet set, DateOnly? asOf = null) =>
        await new ReviewExport(nights.Stores, new RecordExport(nights.Stores))
            .ReadAsync(new ExportWish(set, ExportNeeds.Review, asOf), () => ProtocolFile.Plain, () => BundledReview.Rulebook, CancellationToken.None).ToListAsync();

    private async Task<IEnumerable<string>> IdsAsync(ExportSet set, DateOnly? asOf = null) => (await RowsAsync(set, asOf)).Select(row => row.Held.Record.Id.Text);

    private async Task<(string? Phase, string? Targets)> FactsAsync(DateOnly? asOf)
    {
        var facts = (await RowsAsync(ExportSet.All, asOf))[0].Review!.Facts;
        return (facts.SingleOrDefault(fact => fact.Kind == FactKind.Phase)?.Text, facts.SingleOrDefault(fact => fact.Kind == FactKind.Targets)?.Text);
    }
}
