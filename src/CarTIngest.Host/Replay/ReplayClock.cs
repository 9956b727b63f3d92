namespace CarTIngest.Host.Replay;

/// <summary>Stands at the moment of the last answer that was played.</summary>
public sealed class ReplayClock(DateTimeOffset begin) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = begin;

    public override DateTimeOffset GetUtcNow() => Now;
}
