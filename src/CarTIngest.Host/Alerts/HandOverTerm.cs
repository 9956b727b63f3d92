namespace CarTIngest.Host.Alerts;

/// <summary>
/// How long one hand-over may go on once the service is asked to stop: not at all before its message is given, and a grace after that. To break off a message that is being given would leave unclear what
/// a few seconds make clear.
/// </summary>
internal sealed class HandOverTerm : IDisposable
{
    /// <summary>Well within the time in which the service has to end.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly Lock turn = new();
    private readonly CancellationTokenSource end;
    private readonly CancellationTokenRegistration asked;

    public HandOverTerm(TimeProvider clock, CancellationToken stop)
    {
        end = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        asked = stop.Register(Stop);
    }

    public CancellationToken Token => end.Token;

    public bool IsGiven { get; private set; }

    public bool IsStopped { get; private set; }

    /// <summary>From now on the message is being given.</summary>
    /// <exception cref="OperationCanceledException">The stop came first.</exception>
    public void Give()
    {
        lock (turn)
        {
            IsGiven = IsStopped ? throw new OperationCanceledException(end.Token) : true;
        }
    }

    public void Dispose()
    {
        asked.Dispose();
        end.Dispose();
    }

    private void Stop()
    {
        lock (turn)
        {
            IsStopped = true;
            end.CancelAfter(IsGiven ? Grace : TimeSpan.Zero);
        }
    }
}
