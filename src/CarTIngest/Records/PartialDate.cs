using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CarTIngest.Records;

/// <summary>A date as precise as its source gives it: a year, a month of a year, or a day. Written <c>yyyy</c>, <c>yyyy-MM</c> or <c>yyyy-MM-dd</c>.</summary>
[JsonConverter(typeof(PartialDateJson))]
public readonly record struct PartialDate
{
    private PartialDate(string text) => Text = text;

    public string Text { get => field ?? ""; }

    public int Year => int.Parse(Text.AsSpan(0, 4), CultureInfo.InvariantCulture);

    /// <summary>Takes the three written forms, with months and days that exist; false for anything else. Never throws.</summary>
    public static bool TryParse(string? text, out PartialDate date)
    {
        date = default;
        var format = text?.Length switch { 4 => "yyyy", 7 => "yyyy-MM", 10 => "yyyy-MM-dd", _ => null };
        if (format is null || !DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            return false;
        }

        date = new PartialDate(text!);
        return true;
    }

    public override string ToString() => Text;
}

internal sealed class PartialDateJson : JsonConverter<PartialDate>
{
    public override PartialDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        PartialDate.TryParse(reader.GetString(), out var date) ? date : throw new JsonException("Not a date of the form yyyy, yyyy-MM or yyyy-MM-dd.");

    public override void Write(Utf8JsonWriter writer, PartialDate value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
