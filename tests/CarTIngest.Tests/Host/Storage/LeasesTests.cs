using System.Data.Common;
using CarTIngest.Host.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Time.Testing;

namespace CarTIngest.Tests.Host.Storage;

public sealed class LeasesTests : IAsyncLifetime, IDisposable
{
    private readonly TestStore store = new();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 3, 30, 0, TimeSpan.Zero));

    public Task InitializeAsync() => store.Stores.MigrateAsync(CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task Lets_one_in_and_names_him_to_the_next()
    {
        await using var lease = await As("first").TakeAsync("night", CancellationToken.None);

        var refusal = await Assert.ThrowsAsync<LeaseHeldException>(() => As("second").TakeAsync("night", CancellationToken.None));

        Assert.Contains("first", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lets_the_next_in_when_it_was_given_back()
    {
        await (await As("first").TakeAsync("night", CancellationToken.None)).DisposeAsync();
        await using var lease = await As("second").TakeAsync("night", CancellationToken.None);
        await GuardAsync(lease);
    }

    [Fact]
    public async Task Given_back_it_is_free_also_for_a_clock_that_was_set_back_a_little()
    {
        await (await As("first").TakeAsync("night", CancellationToken.None)).DisposeAsync();
        clock.AdjustTime(clock.GetUtcNow() - TimeSpan.FromSeconds(5));
        await using var lease = await As("second").TakeAsync("night", CancellationToken.None);
        await GuardAsync(lease);
    }

    [Fact]
    public async Task Goes_to_the_next_at_once_when_its_holder_is_dead()
    {
        await As("first").TakeAsync("night", CancellationToken.None);
        await using var lease = await new Leases(store.Stores, clock, new LeaseHolder("second", name => name == "first")).TakeAsync("night", CancellationToken.None);
        await GuardAsync(lease);
    }

    [Fact]
    public async Task A_holder_who_slept_past_his_term_writes_nothing_more_once_another_took_it()
    {
        // Who is stopped has a clock that stands still: no timer of his comes due.
        var asleep = new FakeTimeProvider(clock.GetUtcNow());
        var sleeper = await new Leases(store.Stores, asleep, TestStore.Holder("first")).TakeAsync("night", CancellationToken.None);
        await GuardAsync(sleeper);
        clock.Advance(Leases.Term + TimeSpan.FromSeconds(1));
        await using var lease = await As("second").TakeAsync("night", CancellationToken.None);

        await Assert.ThrowsAsync<LeaseLostException>(() => GuardAsync(sleeper));

        await sleeper.DisposeAsync();
        await GuardAsync(lease);
        await Assert.ThrowsAsync<LeaseHeldException>(() => As("third").TakeAsync("night", CancellationToken.None));
    }

    [Fact]
    public async Task Who_lives_keeps_it_though_he_writes_nothing()
    {
        await using var lease = await As("first").TakeAsync("night", CancellationToken.None);
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

        Assert.True(await As("second").IsHeldAsync("night", CancellationToken.None));
        await Assert.ThrowsAsync<LeaseHeldException>(() => As("second").TakeAsync("night", CancellationToken.None));
    }

    [Fact]
    public async Task Who_wakes_after_another_took_it_renews_it_no_more()
    {
        var asleep = new FakeTimeProvider(clock.GetUtcNow());
        var sleeper = await new Leases(store.Stores, asleep, TestStore.Holder("first")).TakeAsync("night", CancellationToken.None);
        clock.Advance(Leases.Term + TimeSpan.FromSeconds(1));
        await using var lease = await As("second").TakeAsync("night", CancellationToken.None);
        var until = await UntilAsync();

        asleep.Advance(Leases.Term * 3);
        await sleeper.DisposeAsync();

        Assert.Equal(until, await UntilAsync());
        await GuardAsync(lease);
    }

    [Fact]
    public async Task A_clock_that_ran_ahead_and_was_set_back_does_not_keep_the_store_from_all_others()
    {
        clock.Advance(TimeSpan.FromDays(365));
        var ahead = await As("first").TakeAsync("night", CancellationToken.None);
        clock.AdjustTime(clock.GetUtcNow() - TimeSpan.FromDays(365));

        await using var lease = await As("second").TakeAsync("night", CancellationToken.None);

        await GuardAsync(lease);
        await Assert.ThrowsAsync<LeaseLostException>(() => GuardAsync(ahead));
    }

    [Fact]
    public async Task A_clock_a_few_minutes_ahead_keeps_its_lease()
    {
        clock.Advance(TimeSpan.FromMinutes(5));
        await using var lease = await As("first").TakeAsync("night", CancellationToken.None);
        clock.AdjustTime(clock.GetUtcNow() - TimeSpan.FromMinutes(5));

        await Assert.ThrowsAsync<LeaseHeldException>(() => As("second").TakeAsync("night", CancellationToken.None));
    }

    [Fact]
    public async Task Its_own_process_knows_that_it_is_at_work_though_its_term_ran_out()
    {
        // A database that lets one write at a time hears no sign of life while a long transaction is open; a clock that stands still gives none either.
        var asleep = new FakeTimeProvider(clock.GetUtcNow());
        var worker = new Leases(store.Stores, asleep, TestStore.Holder("first"));
        var lease = await worker.TakeAsync("night", CancellationToken.None);
        await ExpireAsync();

        Assert.True(await worker.IsHeldAsync("night", CancellationToken.None));
        await Assert.ThrowsAsync<LeaseHeldException>(() => worker.TakeAsync("night", CancellationToken.None));

        await lease.DisposeAsync();
        Assert.False(await worker.IsHeldAsync("night", CancellationToken.None));
        await (await worker.TakeAsync("night", CancellationToken.None)).DisposeAsync();
    }

    [Fact]
    public async Task Whose_sign_of_life_comes_while_another_reaches_for_it_keeps_it()
    {
        var late = await As("first").TakeAsync("night", CancellationToken.None);
        clock.AdjustTime(clock.GetUtcNow() + Leases.Term + TimeSpan.FromSeconds(1));
        await ExpireAsync();
        var reach = new BeforeUpdate(() => GuardAsync(late));
        var second = new Leases(new StoreFactory(store.Options, builder => builder.AddInterceptors(reach)), clock, TestStore.Holder("second"));

        await Assert.ThrowsAsync<LeaseHeldException>(() => second.TakeAsync("night", CancellationToken.None));

        Assert.True(reach.Done);
        await GuardAsync(late);
        await late.DisposeAsync();
    }

    [Fact]
    public async Task Of_many_who_come_at_once_one_gets_it()
    {
        var takers = Enumerable.Range(0, 8).Select(number => Task.Run(async () =>
        {
            try
            {
                await As($"taker {number}").TakeAsync("night", CancellationToken.None);
                return 1;
            }
            catch (LeaseHeldException)
            {
                return 0;
            }
        }));

        Assert.Equal(1, (await Task.WhenAll(takers)).Sum());
    }

    /// <summary>Does something once, between what was read and the change that follows from it.</summary>
    private sealed class BeforeUpdate(Func<Task> first) : DbCommandInterceptor
    {
        public bool Done { get; private set; }

        public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (!Done && command.CommandText.Contains("UPDATE", StringComparison.Ordinal))
            {
                Done = true;
                await first();
            }

            return result;
        }
    }

    private async Task<DateTimeOffset> UntilAsync()
    {
        await using var context = store.Stores.Open();
        return await context.Leases.AsNoTracking().Select(lease => lease.Until).SingleAsync();
    }

    private async Task ExpireAsync()
    {
        await using var context = store.Stores.Open();
        await context.Leases.ExecuteUpdateAsync(set => set.SetProperty(lease => lease.Until, clock.GetUtcNow() - TimeSpan.FromSeconds(1)));
    }

    private Leases As(string name) => new(store.Stores, clock, TestStore.Holder(name));

    private async Task GuardAsync(HeldLease lease)
    {
        await using var context = store.Stores.Open();
        await lease.GuardAsync(context, CancellationToken.None);
    }
}
