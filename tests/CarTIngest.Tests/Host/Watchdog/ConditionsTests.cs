using CarTIngest.Host.Storage.Model;
using CarTIngest.Host.Watchdog;

namespace CarTIngest.Tests.Host.Watchdog;

public sealed class ConditionsTests
{
    [Fact]
    public async Task Silence_is_a_source_without_a_night_that_ended_for_thirty_hours()
    {
        using var store = await WatchedStore.MakeAsync();
        Assert.Equal("No night of PubMed came to its end yet.", Assert.Single(await store.LookAsync("silence")).Says);

        await store.NightAsync(why: "PubMed answered nothing.");
        Assert.Empty(await store.LookAsync("silence"));

        store.Clock.Advance(TimeSpan.FromMinutes(400));
        var silent = Assert.Single(await store.LookAsync("silence"));
        Assert.Equal(("pubmed", "The last night of PubMed ended on 1 Mar 2026 at 03:30 UTC, 30 hours ago."), (silent.Subject, silent.Says));
    }

    [Fact]
    public async Task A_night_at_work_is_no_silence_until_it_is_at_work_for_too_long()
    {
        using var store = await WatchedStore.MakeAsync();
        await store.NightAsync(end: NightEnd.AtWork);
        await store.HoldAsync(store.Now.AddMinutes(1));
        Assert.Empty(await store.LookAsync("silence"));

        store.Clock.Advance(TimeSpan.FromHours(7));
        await store.HoldAsync(store.Now.AddMinutes(1));
        Assert.Single(await store.LookAsync("silence"));
    }

    [Fact]
    public async Task A_night_whose_worker_gives_no_sign_of_life_any_more_is_silence()
    {
        using var store = await WatchedStore.MakeAsync();
        await store.NightAsync(end: NightEnd.AtWork);
        Assert.Single(await store.LookAsync("silence"));

        await store.HoldAsync(store.Now.AddMinutes(-1));
        Assert.Single(await store.LookAsync("silence"));
    }

    [Theory]
    [InlineData(NightEnd.Unjudged)]
    [InlineData(NightEnd.Cut)]
    [InlineData(NightEnd.WithoutSources)]
    public async Task Nights_that_never_judge_are_silence_whoever_closes_their_books(NightEnd end)
    {
        using var store = await WatchedStore.MakeAsync();
        await store.NightAsync();
        await store.NightAsync(end: end);
        Assert.Equal("The last night of PubMed ended on 1 Mar 2026 at 03:30 UTC, 48 hours ago.", Assert.Single(await store.LookAsync("silence")).Says);
    }

    [Fact]
    public async Task A_night_at_work_after_one_that_died_is_no_sign_of_life()
    {
        using var store = await WatchedStore.MakeAsync(new WatchedStore { Options = new WatchdogOptions { SilenceHours = 60 } });
        await store.NightAsync(end: NightEnd.Cut);
        await store.NightAsync(end: NightEnd.AtWork);
        await store.HoldAsync(store.Now.AddMinutes(1));
        Assert.Single(await store.LookAsync("silence"));
    }

    [Fact]
    public async Task Incomplete_are_two_nights_in_a_row_and_the_last_one_says_why()
    {
        using var store = await WatchedStore.MakeAsync();
        await store.NightAsync(why: "One.");
        await store.NightAsync();
        await store.NightAsync(why: "Two.");
        Assert.Empty(await store.LookAsync("incomplete"));

        await store.NightAsync(why: "Search Backend failed.");
        Assert.Equal("The last 2 nights of PubMed were not complete. The last one: Search Backend failed.", Assert.Single(await store.LookAsync("incomplete")).Says);

        await store.NightAsync();
        Assert.Empty(await store.LookAsync("incomplete"));
    }

    [Fact]
    public async Task A_night_that_was_tried_twice_is_one_and_runs_that_were_cut_short_or_asked_nobody_are_none()
    {
        using var store = await WatchedStore.MakeAsync();
        var night = new DateOnly(2026, 3, 1);
        await store.NightAsync(why: "One.", night: night);
        await store.NightAsync(why: "One again.", night: night);
        await store.NightAsync(why: "It died.", end: NightEnd.Cut);
        await store.NightAsync(end: NightEnd.WithoutSources);
        Assert.Empty(await store.LookAsync("incomplete"));

        await store.NightAsync(why: "Two.");
        Assert.EndsWith("The last one: Two.", Assert.Single(await store.LookAsync("incomplete")).Says, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000, 1000, null)]
    [InlineData(1000, 1250, null)]
    [InlineData(1000, 1251, "1,251")]
    [InlineData(1000, 900, null)]
    [InlineData(1000, 899, "899")]
    [InlineData(30, 50, null)] // few records vary much
    [InlineData(30, 51, "51")]
    public async Task A_count_is_held_against_the_median_of_the_nights_before(int usual, int last, string? told)
    {
        using var store = await WatchedStore.MakeAsync();
        foreach (var count in new[] { usual, usual - 1, usual, usual + 1, last })
        {
            await store.NightAsync(count);
        }

        var raised = await store.LookAsync("band");
        Assert.Equal(told is null ? 0 : 1, raised.Count);
        Assert.All(raised, one => Assert.Contains($"PubMed announced {told} records", one.Says, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_count_that_stays_moves_the_band()
    {
        using var store = await WatchedStore.MakeAsync();
        foreach (var count in new[] { 100, 100, 100, 100, 300 })
        {
            await store.NightAsync(count);
        }

        Assert.Single(await store.LookAsync("band"));
        for (var night = 0; night < 8; night++)
        {
            await store.NightAsync(300);
        }

        Assert.Empty(await store.LookAsync("band"));
    }

    [Fact]
    public async Task Drift_is_told_while_it_is_new()
    {
        using var store = await WatchedStore.MakeAsync();
        await store.NightAsync(drift: """{"old":3}""");
        store.Clock.Advance(TimeSpan.FromDays(20));
        await store.NightAsync(drift: """{"old":4,"protocolSection.newModule":7}""");
        Assert.Equal("The answers of PubMed hold what its reader does not know: protocolSection.newModule.", Assert.Single(await store.LookAsync("drift")).Says);

        store.Clock.Advance(TimeSpan.FromDays(15));
        await store.NightAsync(drift: """{"protocolSection.newModule":7}""");
        Assert.Empty(await store.LookAsync("drift"));
    }

    [Fact]
    public async Task Quarantine_is_told_when_it_grows_within_a_week()
    {
        using var store = await WatchedStore.MakeAsync();
        await store.NightAsync();
        var today = new DateOnly(2026, 3, 1);
        QuarantineEntry Piece(int day) => new() { Source = "pubmed", Reason = "cut", PayloadHash = "0", Offset = 0, Length = 1, Night = today.AddDays(-day) };
        await store.AddAsync(Piece(0), Piece(1), Piece(2), Piece(6), Piece(7), Piece(30));
        Assert.Empty(await store.LookAsync("quarantine"));

        await store.AddAsync(Piece(3));
        Assert.Equal("5 pieces that came within 7 nights could not be read; 7 lie in quarantine in all.", Assert.Single(await store.LookAsync("quarantine")).Says);
    }

    [Fact]
    public async Task The_outbox_is_told_when_it_does_not_drain_and_when_something_broke_off_or_was_refused()
    {
        using var store = await WatchedStore.MakeAsync();
        await store.AddAsync(Message("a", OutboxState.Pending, store.Now), Message("b", OutboxState.Sent, store.Now), Message("c", OutboxState.Withdrawn, store.Now));
        Assert.Empty(await store.LookAsync("outbox"));

        store.Clock.Advance(TimeSpan.FromHours(3));
        await store.AddAsync(Message("d", OutboxState.Ambiguous, store.Now), Message("e", OutboxState.Refused, store.Now), Message("f", OutboxState.Pending, store.Now));
        Assert.Equal(
            [
                "1 message waits, the oldest since 1 Mar 2026 03:00 UTC. It was answered: 421 later",
                "1 message was refused for good.",
                "1 message may or may not have been received; `cartingest outbox` says of each why.",
            ],
            (await store.LookAsync("outbox")).Select(one => one.Says));
    }

    [Fact]
    public async Task A_disk_is_told_by_its_folder_whether_or_not_the_folder_is_there()
    {
        var folder = Path.Combine(Path.GetTempPath(), "not", "there", "yet");
        using var store = await WatchedStore.MakeAsync(new WatchedStore { Options = new WatchdogOptions { DiskFreeMiB = 1L << 40 }, Places = new WatchedPlaces([], [folder, folder], "here") });
        Assert.Equal($"here: {folder}", Assert.Single(await store.LookAsync("disk")).Subject);
        Assert.Empty(new ConditionList(new WatchdogOptions { DiskFreeMiB = 1 }, store.Places).Disk.Look());
    }

    [Fact]
    public void Every_condition_says_what_it_holds_for_well_and_what_to_do()
    {
        var all = new ConditionList(new WatchdogOptions(), new WatchedPlaces(["pubmed"], [], "here")).All;
        Assert.Equal(["silence", "incomplete", "band", "drift", "quarantine", "outbox", "disk"], all.Select(condition => condition.Name));
        Assert.All(all, condition => Assert.EndsWith(".", condition.Well, StringComparison.Ordinal));
        Assert.All(all, condition => Assert.True(condition.Do.Length > 40, condition.Name));
        Assert.Empty(new WatchdogOptions().Faults());
        Assert.Equal(2, new WatchdogOptions { SilenceHours = 0, DiskFreeMiB = 0 }.Faults().Count);
    }

    private static OutboxMessage Message(string key, OutboxState state, DateTimeOffset at) => new()
    {
        Key = key,
        Kind = "digest",
        Channel = "mail",
        Recipient = "a@b.example",
        Topic = "digest",
        Subject = "s",
        Text = "t",
        CreatedAt = at,
        NextAttemptAt = at,
        State = state,
        Said = "421 later",
    };
}
