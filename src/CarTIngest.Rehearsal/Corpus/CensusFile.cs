using System.Text.Json;
using System.Text.Json.Serialization;

namespace CarTIngest.Rehearsal.Corpus;

/// <summary>A <c>DATE.census.json</c> as it is written. Set, not init: generated readers pass init members as arguments and so lose what an absent one stands for.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record CensusFile
{
    public IReadOnlyList<string> Left { get; set; } = [];

    public IReadOnlyList<string> NotGiven { get; set; } = [];

    public decimal Announce { get; set; } = 1;
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CensusFile))]
internal sealed partial class CensusFileContext : JsonSerializerContext;
