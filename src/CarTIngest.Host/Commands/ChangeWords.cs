using System.Text.Json;
using CarTIngest.Reporting;

namespace CarTIngest.Host.Commands;

/// <summary>A changed field in a table's two cells. Of lists only what came and what went is shown.</summary>
internal static class ChangeWords
{
    private const int LongestValue = 60;
    private const string Nothing = "–";

    public static IReadOnlyList<string> Of(FieldChange change)
    {
        var (before, after) = (Entries(change.From), Entries(change.To));
        return before is null || after is null
            ? FromTheDifferenceOn(change.From ?? Nothing, change.To ?? Nothing)
            : [Short(Join(before.Except(after, StringComparer.Ordinal))), Short(Join(after.Except(before, StringComparer.Ordinal)))];
    }

    /// <summary>Two long texts that begin alike are shown from the word in which they part.</summary>
    private static IReadOnlyList<string> FromTheDifferenceOn(string before, string after)
    {
        var alike = before.AsSpan().CommonPrefixLength(after);
        var word = alike == 0 ? 0 : before.LastIndexOf(' ', alike - 1) + 1;
        return Math.Max(before.Length, after.Length) <= LongestValue || word < LongestValue / 2 ? [Short(before), Short(after)] : [Short("…" + before[word..]), Short("…" + after[word..])];
    }

    /// <summary>The entries of a list, an absent one being empty; null for a single value.</summary>
    private static List<string>? Entries(string? value)
    {
        if (value is null)
        {
            return [];
        }

        if (!value.StartsWith('['))
        {
            return null;
        }

        try
        {
            using var list = JsonDocument.Parse(value);
            return [.. list.RootElement.EnumerateArray().Select(Words)];
        }
        catch (JsonException)
        {
            // A text that happens to begin with a bracket, as translated titles do.
            return null;
        }
    }

    private static string Words(JsonElement entry) => entry.ValueKind == JsonValueKind.Object
        ? string.Join(" ", entry.EnumerateObject().Where(member => member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number).Select(member => member.Value.ToString()))
        : entry.ToString();

    private static string Join(IEnumerable<string> entries) => string.Join("; ", entries) is { Length: > 0 } joined ? joined : Nothing;

    private static string Short(string value) => value.Length <= LongestValue ? value : value[..LongestValue] + "…";
}
