using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>Text that some copies of the registry give as a number or the other way about: every leaf is read as text, and the reader of the leaf decides.</summary>
internal sealed class LenientText : JsonConverter<string>
{
    private const int Long = 256 * 1024;

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        // The reader's own way to a long text with escapes holds it twice.
        JsonTokenType.String when reader.ValueIsEscaped && !reader.HasValueSequence && reader.ValueSpan.Length > Long => EscapedText.Unescape(reader.ValueSpan),
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan),
        _ => throw new JsonException($"text was expected, not {Article(reader.TokenType)}"),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    private static string Article(JsonTokenType token) => token switch
    {
        JsonTokenType.StartArray => "a list",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        _ => "this",
    };
}
