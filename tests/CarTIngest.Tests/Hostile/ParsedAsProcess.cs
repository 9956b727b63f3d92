using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace CarTIngest.Tests.Hostile;

/// <summary>What <c>cartingest parse</c> answered, run as the process that users run.</summary>
internal sealed record ParsedAsProcess(int ExitCode, IReadOnlyList<JsonElement> Records, IReadOnlyList<JsonElement> Quarantined, string Errors, long PeakBytes)
{
    /// <summary>The most that the contract lets this verb take.</summary>
    public const long Cap = 150L * 1024 * 1024;

    // Nothing of a line but its beginning is kept: records here have tens of millions of characters.
    private const int Kept = 1 << 20;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(120);

    public string[] Ids => [.. Records.Select(record => record.GetProperty("id").GetString()!)];

    public string[] Reasons => [.. Quarantined.Select(line => line.GetProperty("reason").GetString()!)];

    /// <summary>What was said of one file of several.</summary>
    public string[] ReasonsOf(string file) =>
        [.. Quarantined.Where(line => Path.GetFileName(line.GetProperty("source").GetString()) == file).Select(line => line.GetProperty("reason").GetString()!)];

    public static async Task<ParsedAsProcess> RunAsync(params string[] paths)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "cartingest")) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("parse");
        foreach (var path in paths)
        {
            start.ArgumentList.Add(path);
        }

        using var stop = new CancellationTokenSource(Longest);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(stop.Token);
        var lines = LinesAsync(process.StandardOutput, stop.Token);
        var peak = await PeakAsync(process, stop.Token);
        var all = await lines;
        return new ParsedAsProcess(
            process.ExitCode,
            [.. all.Where(line => line.GetProperty("kind").GetString() != "quarantined")],
            [.. all.Where(line => line.GetProperty("kind").GetString() == "quarantined")],
            await errors,
            peak);
    }

    /// <summary>The high-water mark of resident memory, which the kernel only ever raises: read until the process is gone.</summary>
    private static async Task<long> PeakAsync(Process process, CancellationToken cancellationToken)
    {
        long peak = 0;
        var status = $"/proc/{process.Id}/status";
        try
        {
            while (!process.HasExited)
            {
                var mark = File.Exists(status) ? (await File.ReadAllLinesAsync(status, cancellationToken)).FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) : null;
                peak = Math.Max(peak, mark is null ? 0 : 1024 * long.Parse(mark.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
                await Task.Delay(2, cancellationToken);
            }
        }
        catch (IOException)
        {
            // It ended between the look for the file and its reading.
        }
        finally
        {
            if (!process.HasExited && cancellationToken.IsCancellationRequested)
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync(cancellationToken);
        return peak;
    }

    private static async Task<List<JsonElement>> LinesAsync(StreamReader output, CancellationToken cancellationToken)
    {
        var lines = new List<JsonElement>();
        var line = new System.Text.StringBuilder();
        var buffer = new char[1 << 16];
        while (await output.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            for (var rest = buffer.AsMemory(0, count); !rest.IsEmpty;)
            {
                var end = rest.Span.IndexOf('\n');
                var piece = end < 0 ? rest : rest[..end];
                line.Append(piece.Span[..Math.Min(piece.Length, Math.Max(0, Kept - line.Length))]);
                if (end >= 0)
                {
                    lines.Add(Element(line.ToString()));
                    line.Clear();
                }

                rest = rest[(end < 0 ? rest.Length : end + 1)..];
            }
        }

        Assert.Equal(0, line.Length);
        return lines;
    }

    /// <summary>A line that is longer than what is kept gives its kind and its id.</summary>
    private static JsonElement Element(string line)
    {
        using var document = JsonDocument.Parse(line.Length < Kept ? line : $"{string.Join(',', line.Split(',', 3)[..2])}}}");
        return document.RootElement.Clone();
    }
}
