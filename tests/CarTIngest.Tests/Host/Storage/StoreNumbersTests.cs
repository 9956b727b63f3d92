using CarTIngest.Host.Storage;
using CarTIngest.Tests.Host.Watchdog;

namespace CarTIngest.Tests.Host.Storage;

public sealed class StoreNumbersTests
{
    [Theory]
    [InlineData(NightEnd.Unjudged)]
    [InlineData(NightEnd.Cut)]
    [InlineData(NightEnd.AtWork)]
    public async Task A_complete_night_that_did_not_judge_is_no_success(NightEnd end)
    {
        using var store = await WatchedStore.MakeAsync();
        await store.NightAsync();
        await store.NightAsync(end: end);

        var lag = Assert.Single(await new StoreNumbers(store.Stores, store.Clock).ReadAsync(CancellationToken.None), number => number.Name == StoreNumber.Lag);

        Assert.Equal(47.5 * 3600, lag.Value);
    }
}
