namespace CarTIngest.Host.Commands;

/// <summary>Shows the time of the night that is played and runs at real speed; waits take as long as they take.</summary>
internal sealed class RehearsalClock : TimeProvider
{
    private readonly TimeProvider real = System;
    private TimeSpan ahead;

    /// <summary>From now on it is this moment.</summary>
    public void Set(DateTimeOffset moment) => ahead = moment - real.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => real.GetUtcNow() + ahead;
}
