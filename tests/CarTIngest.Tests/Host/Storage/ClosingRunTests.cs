using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Reporting;
using CarTIngest.Simulation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace CarTIngest.Tests.Host.Storage;

/// <summary>A night judges within the transaction that closes it, which may take long; PostgreSQL lets others look and write meanwhile.</summary>
public sealed class ClosingRunTests : IAsyncLifetime, IDisposable
{
    private static readonly DateOnly Night = new(2026, 3, 1);

    private readonly TestStore store = new(StorageProvider.PostgreSql);
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 2, 3, 30, 0, TimeSpan.Zero));

    public Task InitializeAsync() => store.Stores.MigrateAsync(CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task Others_see_the_lease_renewed_while_a_run_is_closed()
    {
        await using var lease = await As("first", clock).TakeAsync(Leases.Night, CancellationToken.None);
        await CloseAsync(lease, async () =>
        {
            for (var beat = 0; beat < 8; beat++)
            {
                var until = await UntilAsync();
                clock.Advance(Leases.Beat);
                await Eventually.IsAsync(async () =>
                {
                    // Time goes on, for whoever began to wait only after it was moved.
                    clock.Advance(TimeSpan.FromMilliseconds(100));
                    return await UntilAsync() > until;
                });
            }

            Assert.True(await As("second", clock).IsHeldAsync(Leases.Night, CancellationToken.None));
        });

        Assert.NotNull((await RunAsync()).Report);
    }

    [Fact]
    public async Task Who_sleeps_while_he_closes_a_run_and_loses_the_lease_writes_nothing_of_it()
    {
        var asleep = new FakeTimeProvider(clock.GetUtcNow());
        await using var sleeper = await As("first", asleep).TakeAsync(Leases.Night, CancellationToken.None);

        await Assert.ThrowsAsync<LeaseLostException>(() => CloseAsync(sleeper, async () =>
        {
            clock.Advance(Leases.Term * 2);
            await (await As("second", clock).TakeAsync(Leases.Night, CancellationToken.None)).DisposeAsync();
        }));

        Assert.Equal((null, null), ((await RunAsync()).Report, (await RunAsync()).Rulebook));
    }

    [Fact]
    public async Task Who_finds_that_another_wrote_the_same_says_that_the_lease_is_lost()
    {
        var asleep = new FakeTimeProvider(clock.GetUtcNow());
        await using var sleeper = await As("first", asleep).TakeAsync(Leases.Night, CancellationToken.None);

        await Assert.ThrowsAsync<LeaseLostException>(() => CloseAsync(sleeper, async () =>
        {
            clock.Advance(Leases.Term * 2);
            await using var other = await As("second", clock).TakeAsync(Leases.Night, CancellationToken.None);
            throw new DbUpdateException("a key that is there already");
        }));
    }

    private async Task CloseAsync(HeldLease lease, Func<Task> judging)
    {
        var ledger = new NightLedger(store.Stores, clock);
        var id = await ledger.OpenRunAsync(Night, "test", lease, CancellationToken.None);
        await ledger.CloseRunAsync(
            id,
            lease,
            async (opened, run) =>
            {
                RulebookShelf.Use(opened, BundledReview.Rulebook, run.Id);
                await opened.SaveChangesAsync();
                run.Rulebook = BundledReview.Rulebook.Hash;
                await judging();
                return new NightReport(Night, run.Id, [], [], [], [], [], Alerts: 0);
            },
            CancellationToken.None);
    }

    private async Task<Run> RunAsync()
    {
        await using var context = store.Stores.Open();
        return await context.Runs.AsNoTracking().SingleAsync();
    }

    private async Task<DateTimeOffset> UntilAsync()
    {
        await using var context = store.Stores.Open();
        return await context.Leases.AsNoTracking().Select(lease => lease.Until).SingleAsync();
    }

    private Leases As(string name, TimeProvider time) => new(store.Stores, time, TestStore.Holder(name));
}
