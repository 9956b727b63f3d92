#pragma warning disable CA1822, RS0030, CA2000, CA5394, CA1001 // Planted: each type goes through one door.
using System.Diagnostics;
using System.Net.Sockets;

namespace CarTIngest.Tests.House.Planted.Doors;

internal sealed class NetworkInLambda
{
    public Func<object> Make { get; } = () => new HttpClient();
}

internal sealed class SocketInField
{
    public Socket? Socket { get; init; }
}

internal sealed class FileInAsync
{
    public async Task<string> ReadAsync(CancellationToken cancellationToken) => await File.ReadAllTextAsync("a", cancellationToken);
}

internal sealed class FileByReader
{
    public TextReader Open() => new StreamReader("a");
}

internal sealed class ConsoleInIterator
{
    public IEnumerable<int> Count()
    {
        Console.WriteLine();
        yield return 1;
    }
}

internal sealed class ProcessInBody
{
    public string Name() => Process.GetCurrentProcess().ProcessName;
}

internal sealed class EnvironmentInBody
{
    public string? Home() => Environment.GetEnvironmentVariable("HOME");
}

internal sealed class ClockInAsync
{
    public async Task<DateTime> NowAsync()
    {
        await Task.Yield();
        return DateTime.UtcNow;
    }
}

internal sealed class DelayWithoutClock
{
    public async Task WaitAsync(CancellationToken cancellationToken) => await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
}

internal sealed class ChanceInBody
{
    public Guid New() => Guid.NewGuid();
}

internal sealed class SystemClockInBody
{
    public TimeProvider Clock() => TimeProvider.System;
}

internal static class ClockSetup
{
    public static TimeProvider Clock() => TimeProvider.System;
}

internal sealed class WaitsForResult
{
    public int Wait(Task<int> task) => task.Result;
}

internal sealed class WebServerInParameter
{
    public string Path(Microsoft.AspNetCore.Http.HttpContext context) => context.Request.Path;
}

internal sealed class DatabaseInBase : Microsoft.EntityFrameworkCore.DbContext;

/// <summary>Goes through no door: iterators ask for the thread, lines end, clocks and seeds are handed in, readers read what is given.</summary>
internal sealed class Harmless(TimeProvider clock)
{
    public IEnumerable<string> Lines(Stream given)
    {
        using var reader = new StreamReader(given);
        yield return reader.ReadToEnd() + Environment.NewLine + Path.Combine("a", "b") + new Random(7).Next();
        yield return new Guid(new byte[16]).ToString();
    }

    public async Task<DateTimeOffset> WaitAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("https://example.org"));
        return clock.GetUtcNow();
    }
}
