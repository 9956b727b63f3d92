using System.Text.Json.Serialization;

namespace CarTIngest.Records;

/// <summary>What one record of a source says, read whole. The shapes are those of the command line's JSON lines.</summary>
public abstract record SourceRecord
{
    [JsonPropertyOrder(-3)]
    public abstract string Kind { get; }

    [JsonPropertyOrder(-2)]
    public abstract RecordId Id { get; }
}

/// <summary>A record that its source withdraws: PubMed's DeleteCitation, or a registration that a recorded night calls gone.</summary>
public sealed record DeletedRecord : SourceRecord
{
    public override string Kind => "deleted";

    [JsonIgnore]
    public override RecordId Id => Pmid is { } number && Records.Pmid.TryParse(number.ToString(System.Globalization.CultureInfo.InvariantCulture), out var pmid) ? RecordId.Of(pmid)
        : Records.NctId.TryParse(NctId, out var nct) ? RecordId.Of(nct)
        : default;

    public long? Pmid { get; init; }

    public string? NctId { get; init; }
}
