using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

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

    /// <summary>One line without its line break.</summary>
    public static string Write(SourceRecord record) => record switch
    {
        Publication publication => JsonSerializer.Serialize(publication, Context.Publication),
        Trial trial => JsonSerializer.Serialize(trial, Context.Trial),
        DeletedRecord deleted => JsonSerializer.Serialize(deleted, Context.DeletedRecord),
        _ => throw new ArgumentOutOfRangeException(nameof(record), record?.GetType().Name, "No JSON shape is known for this kind of record."),
    };

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">The text is no such line.</exception>
    public static SourceRecord Read(string line)
    {
        using var document = JsonDocument.Parse(line);
        SourceRecord? record = document.RootElement.GetProperty("kind").GetString() switch
        {
            "publication" => document.RootElement.Deserialize(Context.Publication),
            "trial" => document.RootElement.Deserialize(Context.Trial),
            "deleted" => document.RootElement.Deserialize(Context.DeletedRecord),
            _ => null,
        };
        return record ?? throw new JsonException("The line is no publication, trial or deletion.");
    }
}

[JsonSerializable(typeof(Publication))]
[JsonSerializable(typeof(Trial))]
[JsonSerializable(typeof(DeletedRecord))]
internal sealed partial class RecordJsonContext : JsonSerializerContext;
