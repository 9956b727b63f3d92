namespace CarTIngest.Rehearsal.Faults;

/// <summary>What happens to a request on its way, whoever is asked.</summary>
internal static class NetworkFaults
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("reset", (call, _) => Reset(call)) { Drawn = true },
        new("stall", (call, token) => WaitAsync(call, call.Times.Stall, token)) { Drawn = true },
        new("late", (call, token) => WaitAsync(call, call.Times.Late, token)),
        new("short", ShortAsync) { Drawn = true },
        new("E17", CutChunkAsync) { Drawn = true },
        // A host that cannot be reached at all is nothing that a server can give; a connection without an answer comes nearest.
        new("E25", (call, _) => Reset(call)),
    ];

    private static Task Reset(FaultCall call)
    {
        call.Context.Abort();
        return Task.CompletedTask;
    }

    private static async Task WaitAsync(FaultCall call, TimeSpan wait, CancellationToken cancellationToken)
    {
        await Task.Delay(wait, call.Clock, cancellationToken);
        await call.Next(call.Context);
    }

    private static async Task ShortAsync(FaultCall call, CancellationToken cancellationToken)
    {
        var answer = await call.TrueAnswerAsync(cancellationToken);
        // One byte more than there is: an answer without a body can be too short as well.
        await call.BreakWithinAsync(answer, answer.Body.Length + 1, cancellationToken);
    }

    private static async Task CutChunkAsync(FaultCall call, CancellationToken cancellationToken) =>
        await call.BreakWithinAsync(await call.TrueAnswerAsync(cancellationToken), announced: null, cancellationToken);
}
