using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace CarTIngest.Records;

/// <summary>The JSON of records, as the command line writes it and the store keeps it: lists and booleans always, single values left out when absent.</summary>
public static class RecordJson
{
    private static readonly RecordJsonContext Context = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 64,
    });

    // Generated readers set what is init-only to null where the line does not name it; a line of an earlier version must give empty lists.
    private static readonly JsonSerializerOptions Lenient = new(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver(), MaxDepth = 64 };

    // Where the line goes to a stream; in one string there is nothing to spare.
    private static readonly RecordJsonContext Streamed = new(new JsonSerializerOptions(Context.Options) { TypeInfoResolver = null, Converters = { new LongTextJson() } });

    /// <summary>For a writer that <see cref="Write(SourceRecord, Utf8JsonWriter)"/> may write to: the same escapes as in <see cref="Write(SourceRecord)"/>.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 64 };

    /// <summary>The same line, into a writer, in pieces: a long text is flushed on as it is written.</summary>
    public static void Write(SourceRecord record, Utf8JsonWriter to)
    {
        switch (record)
        {
            case Publication publication:
                JsonSerializer.Serialize(to, publication, Streamed.Publication);
                break;
            case Trial trial:
                JsonSerializer.Serialize(to, trial, Streamed.Trial);
                break;
            case DeletedRecord deleted:
                JsonSerializer.Serialize(to, deleted, Streamed.DeletedRecord);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(record), record?.GetType().Name, "No JSON shape is known for this kind of record.");
        }
    }

    /// <summary>One line without its line break.</summary>
    public static string Write(SourceRecord record) => record switch
    {
        Publication publication => JsonSerializer.Serialize(publication, Context.Publication),
        Trial trial => JsonSerializer.Serialize(trial, Context.Trial),
        DeletedRecord deleted => JsonSerializer.Serialize(deleted, Context.DeletedRecord),
        _ => throw new ArgumentOutOfRangeException(nameof(record), record?.GetType().Name, "No JSON shape is known for this kind of record."),
    };

    /// <summary>Reads what <see cref="Write"/> wrote, in this version or an earlier one: members that the line does not name are as in a new record, unknown ones are passed over.</summary>
    /// <exception cref="JsonException">The text is no such line.</exception>
    public static SourceRecord Read(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        SourceRecord? record = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String ? kind.GetString() switch
        {
            "publication" => root.Deserialize<Publication>(Lenient),
            "trial" => root.Deserialize<Trial>(Lenient),
            "deleted" => root.Deserialize<DeletedRecord>(Lenient),
            _ => null,
        } : null;
        return record ?? throw new JsonException("The line is no publication, trial or deletion.");
    }
}

[JsonSerializable(typeof(Publication))]
[JsonSerializable(typeof(Trial))]
[JsonSerializable(typeof(DeletedRecord))]
internal sealed partial class RecordJsonContext : JsonSerializerContext;
