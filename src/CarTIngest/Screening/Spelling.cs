using System.Text.Json;

namespace CarTIngest.Screening;

/// <summary>Enumerations as files, decisions and the command line spell them: <c>screen_again</c>, <c>not_retrieved</c>.</summary>
public static class Spelling
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>Every value, in the order in which they are written down.</summary>
    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(Of)];

    /// <summary>Takes the very spelling, or with hyphens as people type it; false for anything else. Never throws.</summary>
    public static bool TryParse<T>(string? text, out T value)
        where T : struct, Enum
    {
        var asked = (text ?? "").Trim().Replace('-', '_');
        foreach (var known in Enum.GetValues<T>())
        {
            if (string.Equals(Of(known), asked, StringComparison.OrdinalIgnoreCase))
            {
                value = known;
                return true;
            }
        }

        value = default;
        return false;
    }
}
