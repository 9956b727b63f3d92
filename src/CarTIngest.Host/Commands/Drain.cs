namespace CarTIngest.Host.Commands;

/// <summary>
/// What SIGTERM asks of the process: to end at the next safe point, with what is at work brought to its end. There is one process, so there is one of these;
/// a verb that has no safe point before its end does not look at it. SIGINT is the cancellation of the verb's own token.
/// </summary>
internal static class Drain
{
    private static readonly CancellationTokenSource Asked = new();

    /// <summary>Cancelled once the process was asked to end.</summary>
    public static CancellationToken Requested => Asked.Token;

    public static bool IsRequested => Asked.IsCancellationRequested;

    public static void Request() => Asked.Cancel();
}
