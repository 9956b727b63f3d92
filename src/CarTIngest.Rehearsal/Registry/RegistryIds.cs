using System.Text.RegularExpressions;
using CarTIngest.Records;

namespace CarTIngest.Rehearsal.Registry;

/// <summary>NCT numbers as requests write them: any case, any number of leading zeros.</summary>
internal static partial class RegistryIds
{
    private static readonly char[] Separators = [',', '|'];

    /// <summary>One number, or null when it breaks the pattern.</summary>
    public static NctId? TryRead(string text)
    {
        var match = Pattern().Match(text.Trim());
        return match.Success && NctId.TryParse("NCT" + match.Groups["number"].Value.PadLeft(8, '0'), out var id) ? id : null;
    }

    /// <summary>A comma or pipe list; one bad number spoils it all.</summary>
    /// <exception cref="RefusedRequestException">A number breaks the pattern.</exception>
    public static IReadOnlyList<NctId> ReadList(string parameter, string list) =>
        [.. list.Split(Separators, StringSplitOptions.TrimEntries).Select(text => TryRead(text) ?? throw Malformed(parameter, text)).Distinct()];

    /// <summary>The numbers of a search expression that consists of nothing else; null when it does.</summary>
    public static IReadOnlyList<NctId>? OnlyIds(string expression)
    {
        var words = expression.Split([' ', ',', '|', '"', '(', ')'], StringSplitOptions.RemoveEmptyEntries).Where(word => word != "OR").ToList();
        var ids = words.Select(TryRead).OfType<NctId>().ToList();
        return words is not [] && ids.Count == words.Count ? ids : null;
    }

    public static RefusedRequestException Malformed(string parameter, string text) => new($"Parameter `{parameter}` has incorrect format: `{text}`");

    [GeneratedRegex(@"^NCT0*(?<number>[1-9]\d{0,7})$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
