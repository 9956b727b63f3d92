using System.Text.RegularExpressions;

namespace CarTIngest.Sources.Http;

/// <summary>Takes secrets out of a text before anyone sees it. PubMed's own rate and key errors echo the key back.</summary>
public sealed partial class Secrets
{
    private const string Hidden = "[hidden]";

    private readonly IReadOnlyList<string> values;

    /// <param name="values">What must not be seen; null and white space are passed over.</param>
    public Secrets(params IEnumerable<string?> values) =>
        this.values = [.. values.OfType<string>().Where(value => !string.IsNullOrWhiteSpace(value)).OrderByDescending(value => value.Length)];

    /// <summary>The text with every secret hidden, as it stands or percent-encoded, in any case; and whatever is written after <c>api_key</c>, known or not.</summary>
    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var value in values)
        {
            text = text.Replace(value, Hidden, StringComparison.OrdinalIgnoreCase)
                .Replace(Uri.EscapeDataString(value), Hidden, StringComparison.OrdinalIgnoreCase);
        }

        return KeyValue().Replace(text, "$1" + Hidden);
    }

    [GeneratedRegex("""(api[-_]key["']?\s*[=:]\s*["']?)[^"'&\s,;}]+""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex KeyValue();
}
