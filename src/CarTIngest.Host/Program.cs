using System.Runtime.InteropServices;
using System.Text;
using CarTIngest.Host.Commands;

// Answers are UTF-8 wherever they go, without a mark at the front.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

using var stop = new CancellationTokenSource();
var signals = 0;

// SIGINT stops what is at work, SIGTERM lets it come to its end; a second signal is the system's own and ends the process at once.
void OnSignal(PosixSignalContext signal)
{
    if (Interlocked.Increment(ref signals) > 1)
    {
        return;
    }

    signal.Cancel = true;
    if (signal.Signal == PosixSignal.SIGTERM)
    {
        Drain.Request();
    }
    else
    {
        stop.Cancel();
    }
}

using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
try
{
    return await CommandLine.RunAsync(args, stop.Token);
}
catch (Exception bug)
{
    await Console.Error.WriteLineAsync($"This should not have happened. Please report it with the lines below.{Environment.NewLine}{bug}");
    return ExitCode.Bug;
}
