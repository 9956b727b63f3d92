using System.Diagnostics;
using CarTIngest.Sources.Http;
using Microsoft.Extensions.Time.Testing;

namespace CarTIngest.Tests.Sources.Http;

public sealed class PacingLimiterTests
{
    [Fact]
    public async Task Lets_the_first_start_at_once_and_the_others_one_spacing_apart_in_their_order()
    {
        var clock = new FakeTimeProvider();
        using var limiter = new PacingLimiter(2.5, clock);
        var order = new List<int>();
        var starts = Enumerable.Range(0, 4).Select(n => StartAsync(limiter, n, order)).ToArray();
        Assert.True(starts[0].IsCompletedSuccessfully);

        clock.Advance(TimeSpan.FromMilliseconds(399));
        Assert.False(starts[1].IsCompleted);
        for (var n = 1; n < 4; n++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(n == 1 ? 1 : 400));
            await starts[n].WaitAsync(TimeSpan.FromSeconds(60));
        }

        Assert.Equal([0, 1, 2, 3], order);
    }

    [Fact]
    public async Task Takes_a_caller_that_gives_up_out_of_the_line_without_losing_its_place_to_time()
    {
        var clock = new FakeTimeProvider();
        using var limiter = new PacingLimiter(1, clock);
        using var patience = new CancellationTokenSource();
        using var first = await limiter.AcquireAsync(1, CancellationToken.None);
        var second = limiter.AcquireAsync(1, patience.Token).AsTask();
        var third = limiter.AcquireAsync(1, CancellationToken.None).AsTask();

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(1, limiter.GetStatistics()!.CurrentQueuedCount);
        clock.Advance(TimeSpan.FromSeconds(1));
        using var lease = await third.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(lease.IsAcquired);
    }

    [Fact]
    public async Task A_pause_holds_everybody_even_those_already_in_line()
    {
        var clock = new FakeTimeProvider();
        using var limiter = new PacingLimiter(10, clock);
        using var first = await limiter.AcquireAsync(1, CancellationToken.None);
        var waiting = limiter.AcquireAsync(1, CancellationToken.None).AsTask();
        limiter.PauseFor(TimeSpan.FromSeconds(2));
        var late = limiter.AcquireAsync(1, CancellationToken.None).AsTask();

        clock.Advance(TimeSpan.FromMilliseconds(1999));
        Assert.False(waiting.IsCompleted || late.IsCompleted);
        using var refused = limiter.AttemptAcquire();
        Assert.False(refused.IsAcquired);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await waiting.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.False(late.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(100));
        await late.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Refuses_a_pace_that_is_none(double rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PacingLimiter(rate, TimeProvider.System));

    [Fact]
    public async Task On_the_real_clock_no_two_starts_are_closer_than_the_spacing()
    {
        using var limiter = new PacingLimiter(50, TimeProvider.System);
        var starts = new List<long>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var n = 0; n < 8; n++)
            {
                using var lease = await limiter.AcquireAsync(1, CancellationToken.None);
                lock (starts)
                {
                    starts.Add(Stopwatch.GetTimestamp());
                }
            }
        })));

        Assert.Equal(32, starts.Count);
        // 31 spacings of 20 ms; a list is filled a moment after the start, so single gaps may look shorter.
        Assert.True(Stopwatch.GetElapsedTime(starts.Min(), starts.Max()) >= TimeSpan.FromMilliseconds(31 * 20 - 10));
    }

    [Fact]
    public async Task Ends_the_wait_of_those_in_line_when_it_is_disposed()
    {
        var limiter = new PacingLimiter(1, new FakeTimeProvider());
        using var first = await limiter.AcquireAsync(1, CancellationToken.None);
        var waiting = limiter.AcquireAsync(1, CancellationToken.None).AsTask();
        await limiter.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    private static async Task StartAsync(PacingLimiter limiter, int number, List<int> order)
    {
        using var lease = await limiter.AcquireAsync(1, CancellationToken.None);
        order.Add(number);
    }
}
