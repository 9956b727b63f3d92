using System.Text.Json;
using System.Text.Json.Serialization;

namespace CarTIngest.Records;

/// <summary>Writes a long text piece by piece, so that no copy of it as JSON ever stands whole in memory.</summary>
internal sealed class LongTextJson : JsonConverter<string>
{
    private const int Piece = 16 * 1024;

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        if (value.Length <= Piece)
        {
            writer.WriteStringValue(value);
            return;
        }

        for (var at = 0; at < value.Length; at += Piece)
        {
            var piece = value.AsSpan(at, Math.Min(Piece, value.Length - at));
            writer.WriteStringValueSegment(piece, at + piece.Length == value.Length);
            writer.Flush();
        }
    }
}
