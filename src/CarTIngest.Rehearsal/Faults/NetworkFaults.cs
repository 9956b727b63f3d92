namespace CarTIngest.Rehearsal.Faults;

/// <summary>What happens to a request on its way, whoever is asked.</summary>
internal static class NetworkFaults
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("reset", Reset) { Drawn = true },
        new("stall", call => WaitAsync(call, call.Times.Stall)) { Drawn = true },
        new("late", call => WaitAsync(call, call.Times.Late)),
        new("short", ShortAsync) { Drawn = true },
        new("E17", CutChunkAsync) { Drawn = true },
        // A host that cannot be reached at all is nothing that a server can give; a connection without an answer comes nearest.
        new("E25", Reset),
    ];

    private static Task Reset(FaultCall call)
    {
        call.Context.Abort();
        return Task.CompletedTask;
    }

    private static async Task WaitAsync(FaultCall call, TimeSpan wait)
    {
        await Task.Delay(wait, call.Times.Clock, call.Context.RequestAborted);
        await call.Next(call.Context);
    }

    private static async Task ShortAsync(FaultCall call)
    {
        var answer = await call.TrueAnswerAsync();
        // One byte more than there is: an answer without a body can be too short as well.
        await call.BreakWithinAsync(answer, answer.Body.Length + 1);
    }

    private static async Task CutChunkAsync(FaultCall call) => await call.BreakWithinAsync(await call.TrueAnswerAsync(), announced: null);
}
