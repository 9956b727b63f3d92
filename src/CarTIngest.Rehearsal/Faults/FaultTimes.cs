namespace CarTIngest.Rehearsal.Faults;

/// <summary>How long the faults of time take.</summary>
public sealed record FaultTimes
{
    /// <summary>What <c>stall</c> waits before it answers; to be felt it must be longer than the client's patience for one try.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>What <c>late</c> waits; within the client's patience.</summary>
    public TimeSpan Late { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Whole seconds in the Retry-After of <c>E1</c> and <c>429</c>; the real one says 2.</summary>
    public int RetryAfterSeconds { get; init; } = 2;
}
