using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CarTIngest.Records;
using CarTIngest.Sources;
using CarTIngest.Sources.Files;

namespace CarTIngest.Host.Commands;

/// <summary><c>parse</c>: files of records as JSON lines, no store.</summary>
internal static class ParseCommand
{
    private const int OutputBuffer = 1 << 16;

    private static readonly Argument<string[]> Paths = new("PATH") { Description = "PubMed XML or study JSON, gzipped or not, or folders of them.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string> Reader = new("--reader") { Description = "Which reader: reference reads by XmlReader and System.Text.Json.", HelpName = "reference", DefaultValueFactory = _ => "reference" };

    private static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        Reader.AcceptOnlyFromAmong("reference");
        var verb = CommonOptions.Verb("parse", "Reads files and writes a JSON line a record; what cannot be read is a line too, and the rest goes on.", "parse pubmed26n0001.xml.gz > records.jsonl", Paths, Reader);
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        var files = ImportCommand.FilesOf(call.GetValue(Paths)!);
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
                    WriteLine(lines, file, reading);
                    lines.Reset();
                    answers.WriteByte((byte)'\n');
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

    private static void WriteLine(Utf8JsonWriter to, string file, Reading reading)
    {
        switch (reading)
        {
            case ReadRecord read:
                RecordJson.Write(read.Record, to);
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
