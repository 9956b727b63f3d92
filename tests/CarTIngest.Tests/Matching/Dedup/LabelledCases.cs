using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CarTIngest.Matching;

namespace CarTIngest.Tests.Matching.Dedup;

/// <summary>Pairs of citations of which a person said whether they are one work.</summary>
internal sealed partial record LabelledCase(string Name, Citation First, Citation Second, bool Same)
{
    public static IReadOnlyList<LabelledCase> Of(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(One)];
    }

    private static LabelledCase One(JsonElement told) => new(
        told.GetProperty("id").GetString()!, Citation(told.GetProperty("record_a"), "a"), Citation(told.GetProperty("record_b"), "b"), told.GetProperty("expected_duplicate").GetBoolean());

    private static Citation Citation(JsonElement record, string key) => new()
    {
        Key = key,
        Title = Text(record, "title") ?? "",
        Authors = Text(record, "author") is { } authors ? [.. BetweenAuthors().Split(authors).Select(author => author.Trim())] : [],
        Year = int.TryParse(Text(record, "year"), NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null,
        Journal = Text(record, "journal") ?? Text(record, "booktitle"),
        Volume = Text(record, "volume"),
        Issue = Text(record, "number"),
        Pages = Text(record, "pages"),
        Doi = Text(record, "doi"),
    };

    private static string? Text(JsonElement record, string name) => record.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // "A and B", "A; B", and an export that glued them: "Tan A.Schulze A.O'Donnell C. P."
    [GeneratedRegex(@"\s+and\s+|;|(?<=\p{Lu}\.)(?=\p{Lu}['\p{Ll}])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BetweenAuthors();
}
