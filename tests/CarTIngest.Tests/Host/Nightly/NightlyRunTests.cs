using CarTIngest.Host.Replay;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Reporting;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Tests.Host.Nightly;

public sealed class NightlyRunTests : IDisposable
{
    private readonly Nights nights = new();

    public void Dispose() => nights.Dispose();

    [Fact]
    public async Task Holds_all_that_was_announced_and_moves_the_watermark()
    {
        nights.Source.Give(1, "First");
        nights.Source.Give(2, "Second");

        var sums = await nights.SumsAsync();

        Assert.Equal((2, 2, 2, 0, 0), (sums.Announced, sums.Held, sums.New, sums.Revised, sums.Unchanged));
        Assert.True(sums.Complete);
        Assert.Equal(nights.Last, await nights.WatermarkAsync());
    }

    [Fact]
    public async Task Finds_nothing_new_the_second_time()
    {
        nights.Source.Give(1, "First");
        await nights.NextAsync();
        var before = await nights.VerifyAsync();

        var sums = await nights.SumsAsync();

        Assert.Equal((1, 0, 0, 1), (sums.Held, sums.New, sums.Revised, sums.Unchanged));
        Assert.Equal(before, await nights.VerifyAsync(), (a, b) => a.State == b.State && b.Whole);
    }

    [Fact]
    public async Task Reads_again_what_the_source_says_changed_and_tells_the_field()
    {
        nights.Source.Give(1, "First");
        nights.Source.Give(2, "Second");
        await nights.NextAsync();
        nights.Source.Give(1, "First, corrected");
        nights.Source.Touches.Add(1);

        var report = await nights.NextAsync();

        Assert.Equal((1, 1), (report.Sources[0].Revised, report.Sources[0].Unchanged));
        Assert.Equal(new FieldChange(ScriptedSource.IdOf(1), "title", "First", "First, corrected"), Assert.Single(report.Changes));
    }

    [Fact]
    public async Task Reads_every_held_record_again_within_the_days_though_nothing_says_that_it_changed()
    {
        nights.Source.Reread = new(10, AllAtOnce: false);
        for (var pmid = 1; pmid <= 25; pmid++)
        {
            nights.Source.Give(pmid, $"Title {pmid}");
        }

        await nights.NextAsync();
        nights.Source.Asked.Clear();
        for (var night = 0; night < 10; night++)
        {
            await nights.NextAsync();
        }

        Assert.Equal(25, nights.Source.Asked.SelectMany(ids => ids).Distinct().Count());
        Assert.All(nights.Source.Asked, ids => Assert.InRange(ids.Count, 1, 3));
    }

    [Fact]
    public async Task Names_what_was_announced_and_not_given_and_asks_for_it_every_night()
    {
        nights.Source.Give(1, "First");
        nights.Source.Announces = [1, 7];

        var sums = await nights.SumsAsync();
        Assert.Equal((2, 1, 1), (sums.Announced, sums.Held, sums.Unavailable));
        Assert.Equal(ScriptedSource.IdOf(7), Assert.Single(sums.Named.Unavailable));
        Assert.True(sums.Complete);

        nights.Source.Give(7, "Late");
        sums = await nights.SumsAsync();
        Assert.Equal((1, 0), (sums.New, sums.Unavailable));
    }

    [Fact]
    public async Task Quarantines_what_cannot_be_read_with_its_bytes_and_takes_it_when_it_can()
    {
        nights.Source.Give(1, "First");
        nights.Source.Give(2, ScriptedSource.Unreadable);

        var sums = await nights.SumsAsync();
        Assert.Equal((2, 1, 1), (sums.Announced, sums.Held, sums.Quarantined));
        await using (var store = nights.Stores.Open())
        {
            var entry = await store.Quarantine.SingleAsync();
            Assert.Equal(("pmid:2", "The title is a question mark.", true), (entry.RecordId, entry.Reason, entry.Open));
            Assert.NotNull(await store.Payloads.FindAsync(entry.PayloadHash));
        }

        nights.Source.Give(2, "Second");
        sums = await nights.SumsAsync();
        Assert.Equal((1, 0), (sums.New, sums.Quarantined));
        await using var after = nights.Stores.Open();
        Assert.False((await after.Quarantine.SingleAsync()).Open);
    }

    [Fact]
    public async Task Keeps_the_held_reading_when_a_newer_one_cannot_be_read()
    {
        nights.Source.Give(1, "First");
        await nights.NextAsync();
        nights.Source.Give(1, ScriptedSource.Unreadable);

        var sums = await nights.SumsAsync();

        Assert.Equal((1, 1, 0), (sums.Held, sums.Unchanged, sums.Quarantined));
        Assert.Equal(ScriptedSource.IdOf(1), Assert.Single(sums.Named.Unread));
        Assert.Contains(sums.Notes, note => note.Contains("quarantine", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Calls_left_what_no_arm_announces_and_the_source_still_gives()
    {
        nights.Source.Give(1, "First");
        nights.Source.Give(2, "Second");
        await nights.NextAsync();
        nights.Source.Announces = [1];

        for (var night = 0; night < 3; night++)
        {
            var sums = await nights.SumsAsync();
            Assert.Equal((1, 1, 0, 0), (sums.Announced, sums.Left, sums.Missing, sums.Gone));
            Assert.True(sums.Complete);
        }
    }

    [Fact]
    public async Task Calls_missing_at_first_and_gone_only_in_another_state_of_the_data()
    {
        nights.Source.Give(1, "First");
        nights.Source.Give(2, "Second");
        await nights.NextAsync("Monday");
        nights.Source.Gives.Remove(2);

        Assert.Equal((1, 0), await MissingAndGoneAsync("Tuesday"));
        Assert.Equal((1, 0), await MissingAndGoneAsync("Tuesday"));
        Assert.Equal((0, 1), await MissingAndGoneAsync("Wednesday"));
        Assert.Equal((0, 0), await MissingAndGoneAsync("Thursday"));
        await using var store = nights.Stores.Open();
        Assert.Equal(Standing.Gone, (await store.Records.SingleAsync(record => record.Id == "pmid:2")).Standing);
    }

    [Fact]
    public async Task Takes_back_what_was_gone_without_calling_it_new()
    {
        nights.Source.Give(1, "First");
        nights.Source.Give(2, "Second");
        await nights.NextAsync();
        nights.Source.Gives.Remove(2);
        await nights.NextAsync();
        await nights.NextAsync();
        nights.Source.Give(2, "Second");

        var sums = await nights.SumsAsync();

        Assert.Equal((2, 2, 0, 2, 0), (sums.Announced, sums.Held, sums.New, sums.Unchanged, sums.Gone));
    }

    [Fact]
    public async Task Asks_a_shrunken_census_again_and_believes_the_second_when_it_is_whole()
    {
        GiveMany(40);
        await nights.NextAsync();
        var all = nights.Source.Gives.Keys.ToList();
        nights.Source.BeforeCensus = taken => nights.Source.Announces = taken == 1 ? all[..3] : all;

        var sums = await nights.SumsAsync();

        Assert.Equal((40, 40, true), (sums.Announced, sums.Held, sums.Complete));
        Assert.Equal(3, nights.Source.Censuses);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public async Task Refuses_a_census_that_lost_too_much_twice_and_takes_nothing_away(int left)
    {
        GiveMany(40);
        await nights.NextAsync();
        var mark = await nights.WatermarkAsync();
        nights.Source.Announces = [.. nights.Source.Gives.Keys.Take(left)];

        var sums = await nights.SumsAsync();

        Assert.False(sums.Complete);
        Assert.Contains("Asked twice; refused.", Assert.Single(sums.Why), StringComparison.Ordinal);
        Assert.Equal((0, 0, 0), (sums.Left, sums.Missing, sums.Gone));
        Assert.Equal(mark, await nights.WatermarkAsync());
        nights.Source.Announces = null;
        Assert.True((await nights.SumsAsync()).Complete);
    }

    [Fact]
    public async Task Believes_a_smaller_census_when_the_strategy_was_changed()
    {
        GiveMany(40);
        await nights.NextAsync();
        nights.Source.Announces = [.. nights.Source.Gives.Keys.Take(5)];
        nights.Source.Strategy = "something narrower";
        await nights.AdoptAsync();

        var sums = await nights.SumsAsync();

        Assert.Equal((true, 5, 35), (sums.Complete, sums.Announced, sums.Left));
    }

    [Fact]
    public async Task Keeps_the_watermark_and_takes_nothing_away_when_an_arm_is_not_proven_but_stores_what_came()
    {
        nights.Source.Give(1, "First");
        nights.Source.Give(2, "Second");
        await nights.NextAsync();
        var mark = await nights.WatermarkAsync();
        nights.Source.Give(3, "Third");
        nights.Source.Gives.Remove(2);
        nights.Source.WhyNotProven = "5 counted, 2 listed.";

        var sums = await nights.SumsAsync();

        Assert.Equal((false, 0, 0), (sums.Complete, sums.Missing, sums.Announced));
        Assert.Equal(mark, await nights.WatermarkAsync());
        await using var store = nights.Stores.Open();
        Assert.True(await store.Records.AnyAsync(record => record.Id == "pmid:3"));
        Assert.Equal(Standing.Current, (await store.Records.SingleAsync(record => record.Id == "pmid:2")).Standing);
    }

    [Fact]
    public async Task What_came_on_a_night_without_a_proven_arm_is_told_as_new_once_by_the_first_night_that_has_one()
    {
        nights.Source.Give(1, "First");
        await nights.NextAsync();
        nights.Source.Give(2, "Second");
        nights.Source.WhyNotProven = "5 counted, 2 listed.";

        var unproven = await nights.SumsAsync();

        Assert.Equal((0, 0), (unproven.New, unproven.Named.New.Count));
        Assert.Equal("1 records came that no proven arm announces. They are kept, and are told as new when one does, or by the next complete night.", Assert.Single(unproven.Notes));
        nights.Source.WhyNotProven = null;
        Assert.Equal(ScriptedSource.IdOf(2), Assert.Single((await nights.SumsAsync()).Named.New));
        Assert.Equal(0, (await nights.SumsAsync()).New);
        Assert.Empty((await nights.VerifyAsync()).Faults);
    }

    [Fact]
    public async Task Keeps_into_what_a_record_was_merged_when_later_the_source_only_says_that_it_has_none()
    {
        nights.Source.Give(1, "First");
        nights.Source.Give(2, "Second");
        await nights.NextAsync();
        nights.Source.Gives.Remove(2);
        nights.Source.MergedInto[2] = ScriptedSource.IdOf(1);
        await nights.NextAsync();
        nights.Source.MergedInto.Clear();

        await nights.NextAsync();

        await using var store = nights.Stores.Open();
        var record = await store.Records.SingleAsync(row => row.Id == "pmid:2");
        Assert.Equal((Standing.Gone, "pmid:1"), (record.Standing, record.MergedInto));
    }

    [Fact]
    public async Task A_source_that_is_down_does_not_touch_the_other()
    {
        using var two = new Nights(new ScriptedSource("clinicaltrials") { Down = true }, new ScriptedSource("pubmed"));
        two.Sources[1].Give(1, "First");

        var report = await two.NextAsync();

        Assert.False(report.Complete);
        Assert.Equal((false, "It answered 'Search Backend failed' eight times."), (report.Sources[0].Answered, Assert.Single(report.Sources[0].Why)));
        Assert.True(report.Sources[1].Complete);
        Assert.Equal((null, two.Last), (await two.WatermarkAsync("clinicaltrials"), await two.WatermarkAsync()));
    }

    [Fact]
    public async Task Writes_the_strategy_the_counts_and_the_report_into_the_ledger()
    {
        nights.Source.Give(1, "First");

        var report = await nights.NextAsync();

        await using var store = nights.Stores.Open();
        var arm = await store.RunArms.SingleAsync();
        Assert.Equal(("A", "everything", 1L, 1, null), (arm.Arm, arm.Sent, arm.Count, arm.Listed, arm.WhyNotProven));
        var run = await store.Runs.SingleAsync();
        Assert.Equal((NightReportJson.Write(report), true, false), (run.Report, run.Complete, run.EndedAt is null));
        Assert.Equal("lines/1", (await store.RunSources.SingleAsync()).ReaderVersion);
        Assert.True((await nights.VerifyAsync()).Whole);
    }

    [Fact]
    public async Task Every_record_can_be_read_again_from_the_bytes_that_were_kept()
    {
        nights.Source.Give(1, "First");
        await nights.NextAsync();

        await using var store = nights.Stores.Open();
        var revision = await store.Revisions.SingleAsync();
        var payload = await store.Payloads.FindAsync(revision.PayloadHash);
        var bytes = CarTIngest.Host.Storage.PayloadStore.Open(payload!).AsSpan((int)revision.Offset, revision.Length);
        Assert.Equal("1 1 First"u8.ToArray(), bytes.ToArray());
        Assert.Equal(revision.ContentHash, ContentHash.Of(bytes).Hex);
    }

    [Fact]
    public async Task What_a_night_brought_before_its_source_failed_is_told_by_the_next()
    {
        nights.Source.Give(1, "First");
        await nights.NextAsync();
        for (var pmid = 2; pmid <= 300; pmid++)
        {
            nights.Source.Give(pmid, $"Title {pmid}");
        }

        nights.Source.FailsAfter = 250;
        Assert.False((await nights.SumsAsync()).Answered);
        nights.Source.FailsAfter = null;

        var sums = await nights.SumsAsync();

        Assert.Equal((300, 299, 1), (sums.Held, sums.New, sums.Unchanged));
        Assert.Equal(299, sums.Named.New.Count);
        Assert.Equal(0, (await nights.SumsAsync()).New);
    }

    [Fact]
    public async Task Who_lost_the_lease_opens_no_run()
    {
        await nights.Stores.MigrateAsync(CancellationToken.None);
        var sleeper = await new Leases(nights.Stores, TimeProvider.System, TestStore.Holder("first")).TakeAsync(Leases.Night, CancellationToken.None);
        await using var taken = await new Leases(nights.Stores, TimeProvider.System, new LeaseHolder("second", _ => true)).TakeAsync(Leases.Night, CancellationToken.None);

        await Assert.ThrowsAsync<LeaseLostException>(() => nights.Ledger.OpenRunAsync(nights.Tonight, "test", sleeper, CancellationToken.None));

        await using var store = nights.Stores.Open();
        Assert.False(await store.Runs.AnyAsync());
    }

    [Fact]
    public async Task Who_lost_the_lease_writes_no_report()
    {
        await nights.Stores.MigrateAsync(CancellationToken.None);
        var clock = TimeProvider.System;
        var sleeper = await new Leases(nights.Stores, clock, TestStore.Holder("first")).TakeAsync(Leases.Night, CancellationToken.None);
        var run = await nights.Ledger.OpenRunAsync(nights.Tonight, "test", sleeper, CancellationToken.None);
        await using var taken = await new Leases(nights.Stores, clock, new LeaseHolder("second", _ => true)).TakeAsync(Leases.Night, CancellationToken.None);

        await Assert.ThrowsAsync<LeaseLostException>(() => nights.Ledger.CloseRunAsync(run, sleeper, (_, _) => Task.FromResult(new NightReport(nights.Tonight, run, [], [], [], [], [], 0)), CancellationToken.None));

        await using var store = nights.Stores.Open();
        Assert.Null((await store.Runs.SingleAsync()).EndedAt);
    }

    [Fact]
    public async Task Reads_all_again_when_the_last_whole_reading_bears_a_date_to_come()
    {
        nights.Source.Reread = new(30, AllAtOnce: true);
        nights.Source.Give(1, "First");
        var today = nights.Tonight;
        nights.Tonight = today.AddDays(365);
        await nights.NextAsync();
        nights.Tonight = today;
        nights.Source.Give(1, "First, changed without a word");

        Assert.Equal(1, (await nights.SumsAsync()).Revised);
    }

    [Fact]
    public async Task What_nobody_foresaw_ends_one_source_is_in_the_book_and_is_thrown()
    {
        using var two = new Nights(new ScriptedSource("clinicaltrials") { BeforeCensus = _ => throw new InvalidOperationException("A bug.") }, new ScriptedSource("pubmed"));
        two.Sources[1].Give(1, "First");

        await Assert.ThrowsAsync<InvalidOperationException>(() => two.NextAsync());

        Assert.NotNull(await two.WatermarkAsync());
        await using var store = two.Stores.Open();
        Assert.NotNull((await store.Runs.SingleAsync()).EndedAt);
        Assert.Equal(2, await store.RunSources.CountAsync());
    }

    [Fact]
    public async Task Asks_a_new_zero_again_and_believes_a_small_one()
    {
        nights.Source.Give(1, "First");
        nights.Source.Give(2, "Second");
        await nights.NextAsync();
        nights.Source.BeforeCensus = taken => nights.Source.Announces = taken == 1 ? [] : null;

        Assert.Equal((2, true), ((await nights.SumsAsync()).Announced, nights.Source.Censuses == 3));
    }

    [Fact]
    public async Task Never_believes_that_nothing_at_all_is_there()
    {
        nights.Source.Give(1, "First");
        await nights.NextAsync();
        nights.Source.Announces = [];
        nights.Source.Strategy = "another";
        await nights.AdoptAsync();

        var sums = await nights.SumsAsync();

        Assert.False(sums.Complete);
        Assert.Contains("1 records are held", Assert.Single(sums.Why), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_included_records_every_night()
    {
        nights.Source.Give(1, "First");
        nights.Source.Give(2, "Second");
        nights.Included.Add(ScriptedSource.IdOf(2));
        await nights.NextAsync();
        nights.Source.Asked.Clear();
        nights.Source.Reread = new(1000, AllAtOnce: true);

        await nights.NextAsync();

        Assert.Contains(ScriptedSource.IdOf(2), Assert.Single(nights.Source.Asked));
    }

    [Fact]
    public async Task Reads_every_night_what_people_included_and_what_another_folder_brought_in_and_keeps_that_for_a_replay()
    {
        foreach (var pmid in new long[] { 1, 2, 3 })
        {
            nights.Source.Give(pmid, "Phase 1 trial of CD33 CAR-T in acute myeloid leukemia");
        }

        nights.Source.Give(4, "Something else");
        nights.Source.Reread = new(1000, AllAtOnce: true);
        nights.Included.Add(ScriptedSource.IdOf(3));
        await nights.PublishAsync(["pmid:1"]);
        await nights.NextAsync();
        await nights.IncludeAsync("pmid:2");
        nights.Source.Asked.Clear();

        await nights.NextAsync();

        Assert.Equal([ScriptedSource.IdOf(1), ScriptedSource.IdOf(2), ScriptedSource.IdOf(3)], Assert.Single(nights.Source.Asked).Order());
        await using var store = nights.Stores.Open();
        var held = await store.Answers.Where(answer => answer.Endpoint == StoredAnswer.Held).OrderByDescending(answer => answer.Id).Select(answer => answer.PayloadHash).FirstAsync();
        Assert.Equal(["pmid:1", "pmid:2", "pmid:3"], BeforeNight.Read(await NightJournal.BodyAsync(store, held, CancellationToken.None)).Included);
    }

    private async Task<(int Missing, int Gone)> MissingAndGoneAsync(string dataVersion)
    {
        var sums = await nights.SumsAsync(dataVersion);
        return (sums.Missing, sums.Gone);
    }

    private void GiveMany(int count)
    {
        for (var pmid = 1; pmid <= count; pmid++)
        {
            nights.Source.Give(pmid, $"Title {pmid}");
        }
    }
}
