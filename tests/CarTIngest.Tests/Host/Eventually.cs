namespace CarTIngest.Tests.Host;

/// <summary>For what comes by itself and not at once. A busy machine is given time; what never comes is a failure.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task IsAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await holds())
        {
            Assert.False(limit.IsCancellationRequested, $"It is not so after {Limit.TotalSeconds} seconds.");
            await Task.Delay(Pause);
        }
    }
}
