using System.Text.Json.Serialization;
using CarTIngest.Records;

namespace CarTIngest.Rehearsal.Corpus;

/// <summary>A <c>DATE.census.json</c> as it is written.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record CensusFile
{
    public IReadOnlyList<RecordId> Left { get; init; } = [];

    public IReadOnlyList<RecordId> NotGiven { get; init; } = [];

    public decimal Announce { get; init; } = 1;
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CensusFile))]
internal sealed partial class CensusFileContext : JsonSerializerContext;
