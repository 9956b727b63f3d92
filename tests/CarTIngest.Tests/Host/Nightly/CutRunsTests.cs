using CarTIngest.Host.Storage.Model;
using CarTIngest.Reporting;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Tests.Host.Nightly;

/// <summary>A run that was cut short has its book closed by the next: each night has a report, and what came is told in one of them.</summary>
public sealed class CutRunsTests : IDisposable
{
    private readonly ScriptedSource pubmed = new("pubmed");
    private readonly ScriptedSource other = new("other");
    private readonly Nights nights;

    public CutRunsTests()
    {
        nights = new Nights(pubmed, other);
        pubmed.Give(1, "one");
    }

    public void Dispose() => nights.Dispose();

    [Fact]
    public async Task What_a_source_told_before_the_run_was_cut_is_the_report_of_that_run_and_of_no_other()
    {
        await nights.NextAsync();
        pubmed.Give(1, "one, changed");
        pubmed.Give(2, "two");
        await CutInAsync(other);

        var next = await nights.NextAsync();

        Assert.Empty(next.Sources[0].Named.New);
        Assert.Empty(next.Changes);
        var report = await ReportOfAsync(2);
        Assert.Contains("\"named\":{\"missing\":[],\"unavailable\":[],\"quarantined\":[],\"left\":[],\"gone\":[],\"new\":[\"pmid:2\"]", report, StringComparison.Ordinal);
        Assert.Contains("""{"id":"pmid:1","field":"title","from":"one","to":"one, changed"}""", report, StringComparison.Ordinal);
        Assert.True((await nights.VerifyAsync()).Whole);
    }

    [Fact]
    public async Task What_a_source_had_brought_when_the_run_was_cut_is_told_by_its_next_night()
    {
        await nights.NextAsync();
        var added = Enumerable.Range(2, 250).ToList();
        added.ForEach(pmid => pubmed.Give(pmid, "new"));
        pubmed.StopsAfter = 220;
        await Assert.ThrowsAsync<OperationCanceledException>(() => nights.NextAsync());
        pubmed.StopsAfter = null;
        await using (var store = nights.Stores.Open())
        {
            Assert.Equal(200, await store.Revisions.CountAsync(revision => revision.RunId == 2));
        }

        var next = await nights.NextAsync();

        Assert.Equal(added.Select(pmid => $"pmid:{pmid}"), next.Sources[0].Named.New.Select(id => id.Text));
        var cut = NightReportJson.ReadSource((await SourcesOfAsync(2)).Single().Sums);
        Assert.Equal(("pubmed", false, false, 0), (cut.Source, cut.Answered, cut.Complete, cut.New));
        Assert.StartsWith("The run was cut short", Assert.Single(cut.Why), StringComparison.Ordinal);
        Assert.True((await nights.VerifyAsync()).Whole);
    }

    [Fact]
    public async Task What_it_had_brought_and_no_arm_announces_any_more_is_told_once_outside_the_sums()
    {
        await nights.NextAsync();
        Enumerable.Range(2, 250).ToList().ForEach(pmid => pubmed.Give(pmid, "new"));
        pubmed.StopsAfter = 220;
        await Assert.ThrowsAsync<OperationCanceledException>(() => nights.NextAsync());
        pubmed.StopsAfter = null;
        pubmed.Announces = [1];

        var sums = await nights.SumsAsync();

        Assert.Equal((1, 0, 200, true), (sums.Announced, sums.New, sums.Named.New.Count, sums.Complete));
        Assert.Contains(sums.Notes, note => note.Contains("outside the sums", StringComparison.Ordinal) && note.Contains("pmid:2,", StringComparison.Ordinal));
        Assert.Empty((await nights.SumsAsync()).Named.New);
        Assert.Empty((await nights.VerifyAsync()).Faults);
    }

    [Fact]
    public async Task A_source_that_was_cut_before_its_first_answer_is_named_as_cut_short()
    {
        await CutInAsync(other);

        await nights.NextAsync();

        var sources = (await SourcesOfAsync(1)).ToDictionary(row => row.Source, row => NightReportJson.ReadSource(row.Sums));
        Assert.True(sources["pubmed"].Complete);
        Assert.StartsWith("The run was cut short", Assert.Single(sources["other"].Why), StringComparison.Ordinal);
        Assert.Contains("\"complete\":false", await ReportOfAsync(1), StringComparison.Ordinal);
        Assert.True((await nights.VerifyAsync()).Whole);
    }

    private async Task CutInAsync(ScriptedSource source)
    {
        source.BeforeCensus = _ => throw new OperationCanceledException();
        await Assert.ThrowsAsync<OperationCanceledException>(() => nights.NextAsync());
        source.BeforeCensus = _ => { };
    }

    private async Task<string?> ReportOfAsync(long run)
    {
        await using var store = nights.Stores.Open();
        return (await store.Runs.SingleAsync(row => row.Id == run)).Report;
    }

    private async Task<IReadOnlyList<RunSource>> SourcesOfAsync(long run)
    {
        await using var store = nights.Stores.Open();
        return await store.RunSources.Where(row => row.RunId == run).ToListAsync();
    }
}
