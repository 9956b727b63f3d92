using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CarTIngest.Records;
using CarTIngest.Sources;

namespace CarTIngest.Host.Commands;

/// <summary>Files of records as JSON lines on stdout, no store. What cannot be read is a line too, and the rest goes on.</summary>
internal static class RecordLines
{
    private const int OutputBuffer = 1 << 16;

    private static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="write">Writes a record's line, or nothing.</param>
    public static async Task<int> WriteAsync(string[] paths, Action<SourceRecord, Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        var files = ImportCommand.FilesOf(paths);
        var reader = SourcesSetup.Files();
        var drift = new DriftTally();
        var quarantined = 0;
        await using (var answers = new BufferedStream(Console.OpenStandardOutput(), OutputBuffer))
        {
            await using var lines = new Utf8JsonWriter(answers, RecordJson.WriterOptions);
            foreach (var file in files)
            {
                await foreach (var reading in reader.ReadAsync(file, drift, cancellationToken))
                {
                    WriteLine(lines, file, reading, write);
                    if (lines.BytesCommitted > 0)
                    {
                        answers.WriteByte((byte)'\n');
                    }

                    lines.Reset();
                    quarantined += reading is UnreadableRecord ? 1 : 0;
                }
            }
        }

        foreach (var (path, count) in drift.Counts)
        {
            await Console.Error.WriteLineAsync($"not known to the reader: {path} ({count} times); it is in the raw bytes only");
        }

        return quarantined > 0 ? ExitCode.Partial : ExitCode.Done;
    }

    private static void WriteLine(Utf8JsonWriter to, string file, Reading reading, Action<SourceRecord, Utf8JsonWriter> write)
    {
        switch (reading)
        {
            case ReadRecord read:
                write(read.Record, to);
                break;
            case UnreadableRecord unreadable:
                JsonSerializer.Serialize(to, new QuarantinedLine("quarantined", file, unreadable.Offset, unreadable.Id?.Text, unreadable.Reason), Shape);
                break;
            default:
                throw new InvalidOperationException($"A reading is read or unreadable, not {reading.GetType().Name}.");
        }

        to.Flush();
    }

    private sealed record QuarantinedLine(string Kind, string Source, long Offset, string? Id, string Reason);
}
