using System.Collections.Concurrent;

namespace CarTIngest.Rehearsal.Server;

/// <summary>One request that was answered, or broken off: the status and bytes are those sent until then.</summary>
public sealed record RehearsedCall(string Endpoint, DateTimeOffset At, DateOnly Night, int Status, long Bytes)
{
    /// <summary>The name of the fault that was given; null where none was.</summary>
    public string? Fault { get; init; }
}

/// <summary>What was asked of the stand-in. May be read while requests run.</summary>
public sealed class RehearsalLog
{
    private readonly ConcurrentQueue<RehearsedCall> calls = new();

    /// <summary>The calls so far in the order of their ends; <see cref="RehearsedCall.At"/> is when each began.</summary>
    public IReadOnlyList<RehearsedCall> Snapshot() => [.. calls];

    internal void Add(RehearsedCall call) => calls.Enqueue(call);
}
