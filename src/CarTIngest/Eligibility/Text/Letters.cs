using System.Globalization;

namespace CarTIngest.Eligibility.Text;

internal enum LetterKind
{
    Plain,
    Hyphen,
    Space,
    Nothing,
}

/// <summary>What single characters stand for when words are looked up.</summary>
internal static class Letters
{
    private const string GreekSmall = "αβγδεζηθικλμνξοπρςστυφχψω";

    private static readonly string[] GreekNames =
    [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
    ];

    /// <summary>The English name of a Greek letter or of the micro sign; null for any other character.</summary>
    public static string? Greek(char letter)
    {
        var small = letter switch { 'µ' => 'μ', 'ϵ' => 'ε', 'ϕ' => 'φ', _ => char.ToLowerInvariant(letter) };
        var at = GreekSmall.IndexOf(small, StringComparison.Ordinal);
        return at < 0 ? null : GreekNames[at];
    }

    public static LetterKind KindOf(char letter) => letter switch
    {
        // A soft hyphen and its kin show no mark: the word goes on.
        '\u00AD' or '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF' => LetterKind.Nothing,
        // Trademarks decompose to letters, which nobody reads as part of the name.
        '™' or '®' or '©' or '℠' => LetterKind.Space,
        '\u2212' or '\u2043' or '\u30FC' => LetterKind.Hyphen,
        _ => CharUnicodeInfo.GetUnicodeCategory(letter) switch
        {
            UnicodeCategory.DashPunctuation => LetterKind.Hyphen,
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Control => LetterKind.Space,
            UnicodeCategory.Format => LetterKind.Nothing,
            _ => LetterKind.Plain,
        },
    };
}
