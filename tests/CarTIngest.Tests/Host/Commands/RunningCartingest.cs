using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace CarTIngest.Tests.Host.Commands;

/// <summary>A process that was started. Disposed, it is gone.</summary>
internal sealed class RunningCartingest : IDisposable
{
    private readonly Process process;
    private readonly string call;
    private readonly Task<string> answers;
    private readonly StringBuilder said = new();
    private readonly CancellationTokenSource limit = new(Cartingest.Limit);

    public RunningCartingest(Process process, IReadOnlyList<string> arguments)
    {
        this.process = process;
        call = $"cartingest {string.Join(' ', arguments)}";
        process.StandardInput.Close();
        answers = process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>Reads stderr up to the line that holds the text, and gives that line.</summary>
    public async Task<string> SaysAsync(string text)
    {
        try
        {
            while (await process.StandardError.ReadLineAsync(limit.Token) is { } line)
            {
                said.AppendLine(line);
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{call} did not say '{text}' within {Cartingest.Limit.TotalSeconds} seconds of its start:\n{said}");
        }

        throw new InvalidOperationException($"{call} ended and never said '{text}':\n{said}");
    }

    /// <summary>INT or TERM, as a terminal or a supervisor sends it.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{name} {process.Id}")]);
        await kill.WaitForExitAsync();
    }

    public async Task<Answered> EndAsync()
    {
        // It is the end that has so long, however long the test kept the process before.
        using var end = new CancellationTokenSource(Cartingest.Limit);
        try
        {
            said.Append(await process.StandardError.ReadToEndAsync(end.Token));
            await process.WaitForExitAsync(end.Token);
            return new Answered(call, process.ExitCode, await answers, said.ToString());
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{call} did not end within {Cartingest.Limit.TotalSeconds} seconds:\n{said}");
        }
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process.Dispose();
        limit.Dispose();
    }
}
