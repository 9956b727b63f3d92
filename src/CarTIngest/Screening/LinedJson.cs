using System.Text;
using System.Text.Json;

namespace CarTIngest.Screening;

/// <summary>JSON that people write, each value with the line it begins on, so that a fault can be shown where it stands. Comments and trailing commas are let pass.</summary>
internal sealed class LinedJson
{
    private LinedJson(JsonValueKind kind, int line, string text) => (Kind, Line, Text) = (kind, line, text);

    public JsonValueKind Kind { get; }

    /// <summary>From 1.</summary>
    public int Line { get; }

    /// <summary>A string's or a number's own text; empty for the rest.</summary>
    public string Text { get; }

    /// <summary>Of an object, in its order; a name that stands twice is there twice.</summary>
    public List<KeyValuePair<string, LinedJson>> Members { get; } = [];

    /// <summary>Of a list.</summary>
    public List<LinedJson> Items { get; } = [];

    /// <exception cref="JsonException">The text is no JSON; the exception knows the line, from 0.</exception>
    public static LinedJson Parse(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 16 });
        reader.Read();
        var root = Read(ref reader, bytes);
        // What follows the value would go unseen.
        reader.Read();
        return root;
    }

    private static LinedJson Read(ref Utf8JsonReader reader, byte[] bytes)
    {
        var line = 1 + bytes.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n');
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new LinedJson(JsonValueKind.Object, line, "");
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    members.Members.Add(new(name, Read(ref reader, bytes)));
                }

                return members;
            case JsonTokenType.StartArray:
                var list = new LinedJson(JsonValueKind.Array, line, "");
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    list.Items.Add(Read(ref reader, bytes));
                }

                return list;
            case JsonTokenType.String:
                return new LinedJson(JsonValueKind.String, line, reader.GetString()!);
            case JsonTokenType.Number:
                return new LinedJson(JsonValueKind.Number, line, Encoding.UTF8.GetString(reader.ValueSpan));
            default:
                return new LinedJson(reader.TokenType switch { JsonTokenType.True => JsonValueKind.True, JsonTokenType.False => JsonValueKind.False, _ => JsonValueKind.Null }, line, "");
        }
    }
}
