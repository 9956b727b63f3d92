using System.Text.Json;
using System.Text.Json.Serialization;

namespace CarTIngest.Eligibility;

/// <summary>The rulebook's own file: what it is called, which rules are off, and the numbers that rules use.</summary>
internal sealed record RulebookFile
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    public required string Name { get; init; }

    public required string Version { get; init; }

    /// <summary>Rules that are not asked.</summary>
    public IReadOnlyList<string> Off { get; init; } = [];

    /// <summary>How far from T cells, in characters, CAR alone still means CAR-T.</summary>
    public int CarNearTCellCharacters { get; init; } = 40;

    /// <exception cref="BrokenRulebookException">It is no such file, or names a rule that does not exist.</exception>
    public static RulebookFile Read(string file, string content)
    {
        try
        {
            return JsonSerializer.Deserialize<RulebookFile>(content, Strict) ?? throw new BrokenRulebookException(file, 1, "holds null.");
        }
        catch (JsonException broken)
        {
            throw new BrokenRulebookException(file, (int)(broken.LineNumber ?? -1) + 1, broken.Message);
        }
    }
}
