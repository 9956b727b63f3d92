using System.Text.Encodings.Web;
using System.Text.Json;

namespace CarTIngest.Eligibility;

/// <summary>A judgement as the command line's contract writes it, and as the store keeps it.</summary>
public static class JudgementJson
{
    private static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Judgement judgement) => JsonSerializer.Serialize(judgement, Shape);

    public static void Write(Judgement judgement, Utf8JsonWriter to) => JsonSerializer.Serialize(to, judgement, Shape);

    /// <exception cref="JsonException">The text is no judgement.</exception>
    public static Judgement Read(string json) => JsonSerializer.Deserialize<Judgement>(json, Shape) ?? throw new JsonException("A judgement is an object.");
}
