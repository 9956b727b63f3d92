using System.Runtime.InteropServices;
using System.Text;
using CarTIngest.Host.Commands;

// Answers are UTF-8 wherever they go, without a mark at the front.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

using var stop = new CancellationTokenSource();
var terminated = false;

// The first signal drains; a second one is the system's own and ends the process at once.
void Drain(PosixSignalContext signal)
{
    if (!stop.IsCancellationRequested)
    {
        signal.Cancel = true;
        terminated = signal.Signal == PosixSignal.SIGTERM;
        stop.Cancel();
    }
}

using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Drain);
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Drain);
try
{
    var code = await CommandLine.RunAsync(args, stop.Token);
    return terminated && code == ExitCode.Interrupted ? ExitCode.Done : code;
}
catch (Exception bug)
{
    await Console.Error.WriteLineAsync($"This should not have happened. Please report it with the lines below.{Environment.NewLine}{bug}");
    return ExitCode.Bug;
}
