namespace CarTIngest.Host.Commands;

/// <summary>How a service comes to its end.</summary>
internal static class ServiceEnd
{
    /// <summary>Waits until the process is asked to end, or the host stops unasked.</summary>
    /// <returns>Its exit code. Something in the background that failed stops the host, which would else end as if all were well.</returns>
    /// <param name="drain">Asks for the end in good order.</param>
    public static async Task<int> OfAsync(IHostApplicationLifetime host, TimeProvider clock, CancellationToken drain, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, drain, host.ApplicationStopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, clock, end.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return drain.IsCancellationRequested || cancellationToken.IsCancellationRequested ? ExitCode.Done : ExitCode.Bug;
    }
}
