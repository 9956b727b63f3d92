namespace CarTIngest.Simulation;

/// <summary>What a seed means.</summary>
public static class Seeds
{
    /// <summary>One of so many seeds is a night killed at every step; the others are worlds in which anything may go wrong.</summary>
    private const ulong SweepEvery = 40;

    internal static Task<WorldEnd> PlayAsync(ulong seed, SimulatedDisk disk, TraceLines kept, CancellationToken cancellationToken) => seed % SweepEvery == 0
        ? CrashSweep.PlayAsync(seed, disk, new Trace(kept), cancellationToken)
        : WildNights.PlayAsync(seed, disk, new Trace(kept), cancellationToken);

    /// <summary>Plays one seed on a store of its own.</summary>
    /// <returns>The hash of all its steps, and what it broke, a sentence each.</returns>
    public static async Task<(string Trace, IReadOnlyList<string> Broken)> PlayAsync(ulong seed, CancellationToken cancellationToken)
    {
        await using var disk = await SimulatedDisk.NewAsync(cancellationToken);
        var end = await PlayAsync(seed, disk, TraceLines.Hashed, cancellationToken);
        return (end.Trace.Hash, [.. end.Faults.Select(fault => $"{fault.Invariant}: {fault.Says}")]);
    }
}
