namespace CarTIngest.Host.Commands;

/// <summary>How far a long verb is, on stderr: a bar that is drawn over when stderr is a terminal, a plain line a step otherwise.</summary>
internal sealed class Progress(int steps) : IDisposable
{
    private const int BarWidth = 30;
    private int done;
    private int drawn;

    /// <summary>A step begins.</summary>
    public void Begin(string what)
    {
        if (Console.IsErrorRedirected)
        {
            Console.Error.WriteLine($"{done + 1}/{steps} {what}");
            return;
        }

        var filled = steps == 0 ? 0 : BarWidth * done / steps;
        var line = $"[{new string('#', filled)}{new string('.', BarWidth - filled)}] {done}/{steps} {what}";
        line = line[..Math.Min(line.Length, Math.Max(20, Console.WindowWidth - 1))];
        Console.Error.Write($"\r{line.PadRight(drawn)}");
        drawn = line.Length;
    }

    /// <summary>The step ended; anything may be printed after it.</summary>
    public void End()
    {
        done++;
        Clear();
    }

    public void Dispose() => Clear();

    private void Clear()
    {
        if (drawn > 0)
        {
            Console.Error.Write($"\r{new string(' ', drawn)}\r");
            drawn = 0;
        }
    }
}
