using System.Text.Json;
using System.Text.Json.Serialization;

namespace CarTIngest.Records;

/// <summary>A record's key throughout the house: <c>pmid:36764323</c> or <c>nct:NCT03018405</c>.</summary>
[JsonConverter(typeof(RecordIdJson))]
public readonly record struct RecordId : IComparable<RecordId>
{
    private const string PmidPrefix = "pmid:";
    private const string NctPrefix = "nct:";

    private RecordId(string text) => Text = text;

    public string Text { get => field ?? ""; }

    /// <summary>The identifier as its own source writes it: <c>36764323</c>, <c>NCT03018405</c>.</summary>
    public string Local => Text[(Text.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>The source that gives such records: <c>pubmed</c> or <c>clinicaltrials</c>.</summary>
    public string Source => Text.StartsWith(NctPrefix, StringComparison.Ordinal) ? "clinicaltrials" : "pubmed";

    public static RecordId Of(Pmid pmid) => new(PmidPrefix + pmid);

    public static RecordId Of(NctId nctId) => new(NctPrefix + nctId);

    /// <summary>Takes the two written forms, and a bare PMID or NCT number as people type them; false for anything else. Never throws.</summary>
    public static bool TryParse(string? text, out RecordId id)
    {
        var trimmed = (text ?? "").Trim();
        var bare = trimmed.StartsWith(PmidPrefix, StringComparison.OrdinalIgnoreCase) ? trimmed[PmidPrefix.Length..]
            : trimmed.StartsWith(NctPrefix, StringComparison.OrdinalIgnoreCase) ? trimmed[NctPrefix.Length..]
            : trimmed;
        if (Pmid.TryParse(bare, out var pmid) && !trimmed.StartsWith(NctPrefix, StringComparison.OrdinalIgnoreCase))
        {
            id = Of(pmid);
            return true;
        }

        if (NctId.TryParse(bare, out var nct) && !trimmed.StartsWith(PmidPrefix, StringComparison.OrdinalIgnoreCase))
        {
            id = Of(nct);
            return true;
        }

        id = default;
        return false;
    }

    /// <summary>By source, then by number: PMIDs as numbers, so that lists read naturally.</summary>
    public int CompareTo(RecordId other)
    {
        var bySource = string.CompareOrdinal(Text, 0, other.Text, 0, NctPrefix.Length);
        if (bySource != 0)
        {
            return bySource;
        }

        var byLength = Text.Length.CompareTo(other.Text.Length);
        return byLength != 0 ? byLength : string.CompareOrdinal(Text, other.Text);
    }

    public override string ToString() => Text;
}

internal sealed class RecordIdJson : JsonConverter<RecordId>
{
    public override RecordId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        RecordId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("Not a record id such as pmid:123 or nct:NCT00000123.");

    public override void Write(Utf8JsonWriter writer, RecordId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);

    public override RecordId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader, typeToConvert, options);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, RecordId value, JsonSerializerOptions options) => writer.WritePropertyName(value.Text);
}
