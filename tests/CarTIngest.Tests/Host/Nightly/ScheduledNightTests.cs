using CarTIngest.Host.Nightly;
using CarTIngest.Host.Storage;
using CarTIngest.Simulation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CarTIngest.Tests.Host.Nightly;

/// <summary>A night that the schedule wants is made once, whoever asks for it and however often.</summary>
public sealed class ScheduledNightTests : IAsyncLifetime, IDisposable
{
    private readonly TestStore store = new();
    private readonly ScriptedSource pubmed = new("pubmed");
    private readonly ScriptedSource registry = new("clinicaltrials");

    // 22:30 in New York on Monday, 2 March 2026.
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 3, 3, 30, 0, TimeSpan.Zero));

    public Task InitializeAsync() => store.Stores.MigrateAsync(CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task Is_made_at_its_hour_once_for_each_source_and_not_by_a_second_worker()
    {
        Assert.True(await Worker("one").RunAsync("pubmed", CancellationToken.None));
        Assert.True(await Worker("two").RunAsync("clinicaltrials", CancellationToken.None));

        Assert.False(await Worker("two").RunAsync("pubmed", CancellationToken.None));
        Assert.False(await Worker("one").RunAsync("clinicaltrials", CancellationToken.None));

        Assert.Equal([("2026-03-02", "pubmed"), ("2026-03-02", "clinicaltrials")], await MadeAsync());
        Assert.Equal((1, 1), (pubmed.Censuses, registry.Censuses));
    }

    [Fact]
    public async Task A_persons_run_after_the_hour_is_the_night_and_one_before_it_is_not()
    {
        clock.Advance(TimeSpan.FromHours(12));
        await RunByHandAsync();
        Assert.False(await Worker("one").RunAsync("pubmed", CancellationToken.None));
        Assert.Null(await Worker("one").DueAsync("pubmed", CancellationToken.None));

        clock.Advance(TimeSpan.FromHours(12));
        Assert.Equal(new DateOnly(2026, 3, 3), await Worker("one").DueAsync("pubmed", CancellationToken.None));
        Assert.True(await Worker("one").RunAsync("pubmed", CancellationToken.None));
    }

    [Fact]
    public async Task Many_missed_nights_are_one()
    {
        await Worker("one").RunAsync("pubmed", CancellationToken.None);
        clock.Advance(TimeSpan.FromDays(20) + TimeSpan.FromHours(5));

        Assert.True(await Worker("one").RunAsync("pubmed", CancellationToken.None));

        Assert.False(await Worker("one").RunAsync("pubmed", CancellationToken.None));
        Assert.Equal([("2026-03-02", "pubmed"), ("2026-03-22", "pubmed")], await MadeAsync());
    }

    [Fact]
    public async Task An_incomplete_night_is_made_and_not_again()
    {
        pubmed.Down = true;

        var red = await Assert.ThrowsAsync<NightIncompleteException>(() => Worker("one").RunAsync("pubmed", CancellationToken.None));

        Assert.Contains("Search Backend failed", red.Message, StringComparison.Ordinal);
        Assert.Null(await Worker("one").DueAsync("pubmed", CancellationToken.None));
        Assert.False(await Worker("one").RunAsync("pubmed", CancellationToken.None));
    }

    [Fact]
    public async Task A_night_whose_worker_died_in_it_is_due_and_made_by_the_next()
    {
        pubmed.Give(1, "First");
        pubmed.BeforeCensus = _ => throw new OperationCanceledException();
        await Assert.ThrowsAsync<OperationCanceledException>(() => Worker("one").RunAsync("pubmed", CancellationToken.None));
        pubmed.BeforeCensus = _ => { };

        Assert.Equal(new DateOnly(2026, 3, 2), await Worker("two").DueAsync("pubmed", CancellationToken.None));
        Assert.True(await Worker("two").RunAsync("pubmed", CancellationToken.None));

        Assert.Equal([("2026-03-02", "pubmed")], await MadeAsync());
        Assert.Null(await Worker("two").DueAsync("pubmed", CancellationToken.None));
    }

    [Fact]
    public async Task A_night_that_dies_each_time_is_asked_for_less_often()
    {
        pubmed.BeforeCensus = _ => throw new OperationCanceledException();
        for (var time = 0; time < ScheduledNight.TriesAtOnce; time++)
        {
            Assert.NotNull(await Worker("one").DueAsync("pubmed", CancellationToken.None));
            await Assert.ThrowsAsync<OperationCanceledException>(() => Worker("one").RunAsync("pubmed", CancellationToken.None));
        }

        Assert.Null(await Worker("one").DueAsync("pubmed", CancellationToken.None));
        clock.Advance(ScheduledNight.PauseBetweenTries);
        Assert.NotNull(await Worker("one").DueAsync("pubmed", CancellationToken.None));
    }

    [Fact]
    public async Task Runs_that_asked_no_source_and_died_are_no_tries_of_a_night()
    {
        await using (var context = store.Stores.Open())
        {
            context.Runs.AddRange(Enumerable.Range(0, ScheduledNight.TriesAtOnce).Select(_ => new CarTIngest.Host.Storage.Model.Run { Night = new(2026, 3, 2), StartedAt = clock.GetUtcNow(), EndedAt = clock.GetUtcNow(), ProductVersion = "test" }));
            await context.SaveChangesAsync();
        }

        Assert.NotNull(await Worker("one").DueAsync("pubmed", CancellationToken.None));
    }

    [Fact]
    public async Task While_another_is_at_work_nothing_is_done()
    {
        await using var lease = await Leases("import").TakeAsync(CarTIngest.Host.Storage.Leases.Night, CancellationToken.None);

        await Assert.ThrowsAsync<LeaseHeldException>(() => Worker("one").RunAsync("pubmed", CancellationToken.None));

        Assert.Equal(0, pubmed.Censuses);
    }

    [Fact]
    public async Task A_worker_that_stood_still_while_another_took_its_place_writes_nothing_more()
    {
        pubmed.Give(1, "First");
        // Its clock stands still with it; the world's goes on.
        var asleep = new FakeTimeProvider(clock.GetUtcNow());
        pubmed.BeforeCensus = taken =>
        {
            if (taken == 0)
            {
                clock.Advance(CarTIngest.Host.Storage.Leases.Term * 2);
            }
        };
        var other = (Task<bool>?)null;
        pubmed.WhileAsked = async () =>
        {
            pubmed.WhileAsked = () => Task.CompletedTask;
            other = Worker("two").RunAsync("pubmed", CancellationToken.None);
            await other;
        };

        await Assert.ThrowsAsync<LeaseLostException>(() => Worker("one", asleep).RunAsync("pubmed", CancellationToken.None));

        Assert.True(await other!);
        Assert.Equal([("2026-03-02", "pubmed")], await MadeAsync());
        await using var context = store.Stores.Open();
        Assert.Equal(2, await context.Revisions.Select(revision => revision.RunId).SingleAsync());
        Assert.True((await new Integrity(store.Stores).VerifyAsync(CancellationToken.None)).Whole);
    }

    [Fact]
    public async Task Once_a_week_everything_is_read_again()
    {
        pubmed.Reread = new(365, AllAtOnce: false);
        foreach (var number in Enumerable.Range(1, 40))
        {
            pubmed.Give(number, "A title");
        }

        await Worker("one").RunAsync("pubmed", CancellationToken.None);
        pubmed.Asked.Clear();
        for (var night = 0; night < 14; night++)
        {
            clock.Advance(TimeSpan.FromDays(1));
            await Worker("one").RunAsync("pubmed", CancellationToken.None);
        }

        // Tuesday to Saturday, Sunday, Monday to Saturday, Sunday, Monday.
        Assert.Equal([1, 1, 1, 1, 1, 40, 1, 1, 1, 1, 1, 1, 40, 1], pubmed.Asked.Select(ids => ids.Count));
    }

    private ScheduledNight Worker(string name, TimeProvider? its = null)
    {
        var time = its ?? clock;
        var leases = new Leases(store.Stores, time, TestStore.Holder(name));
        var night = InventedNight.Of([pubmed, registry], store.Stores, leases, new HashSet<CarTIngest.Records.RecordId>(), new NightlyOptions { SecondLookAfterSeconds = 0 }, time);
        return new ScheduledNight(night, new MadeNights(store.Stores), new NightLedger(store.Stores, time), leases, new ScheduleOptions(), time, NullLogger<ScheduledNight>.Instance);
    }

    private Leases Leases(string name) => new(store.Stores, clock, TestStore.Holder(name));

    private async Task RunByHandAsync()
    {
        var night = InventedNight.Of([pubmed, registry], store.Stores, Leases("hand"), new HashSet<CarTIngest.Records.RecordId>(), new NightlyOptions { SecondLookAfterSeconds = 0 }, clock);
        await night.RunAsync(new NightRequest(new ScheduleOptions().NightOf(clock.GetUtcNow())), CancellationToken.None);
    }

    private async Task<IReadOnlyList<(string Night, string Source)>> MadeAsync()
    {
        await using var context = store.Stores.Open();
        var rows = await (from run in context.Runs
                          join row in context.RunSources on run.Id equals row.RunId
                          where run.WeighedChange != null
                          orderby run.Id
                          select new { run.Night, row.Source }).ToListAsync();
        return [.. rows.Select(row => (row.Night.ToString("yyyy-MM-dd", null), row.Source))];
    }
}
