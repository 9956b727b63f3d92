namespace CarTIngest.Rehearsal.EUtils;

/// <summary>So many requests a second, and no more than one second's worth at once.</summary>
internal sealed class TokenBucket(int perSecond, TimeProvider clock)
{
    private readonly Lock gate = new();
    private double tokens = perSecond;
    private long filledAt = clock.GetTimestamp();

    public int PerSecond => perSecond;

    /// <summary>Whether one was left, and how many are left now.</summary>
    public bool TryTake(out int remaining)
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            tokens = Math.Min(perSecond, tokens + (clock.GetElapsedTime(filledAt, now).TotalSeconds * perSecond));
            filledAt = now;
            var taken = tokens >= 1;
            tokens -= taken ? 1 : 0;
            remaining = (int)tokens;
            return taken;
        }
    }
}
