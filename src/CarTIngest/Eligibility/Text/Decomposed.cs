namespace CarTIngest.Eligibility.Text;

/// <summary>
/// Characters taken apart as Unicode's compatibility decomposition does: letters without their accents, ligatures, full-width forms, roman numerals, mathematical letters. Own table, for
/// the process runs without culture data, and without that the framework's decomposition leaves everything as it is. Superscript figures stay whole: they are footnotes more often than numbers.
/// </summary>
internal static class Decomposed
{
    private const char LatinFirst = '\u00C0';
    private const char FullWidthFirst = '\uFF01';
    private const char FullWidthLast = '\uFF5E';
    private const int FullWidthToPlain = 0xFEE0;
    private const int MathLettersFirst = 0x1D400;
    private const int MathLettersLast = 0x1D6A3;
    private const int MathDigitsFirst = 0x1D7CE;
    private const int MathDigitsLast = 0x1D7FF;

    // U+00C0 to U+017F, letter by letter; what is two letters stands here as itself.
    private const string Latin =
        "AAAAAAÆCEEEEIIIIDNOOOOO×OUUUUYTßaaaaaaæceeeeiiiidnooooo÷ouuuuyty" +
        "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlL" +
        "lLlNnNnNnnNnOoOoOoŒœRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

    private static readonly string[] Roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

    private static readonly string[] Ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];

    /// <param name="piece">One character: one or two code units.</param>
    /// <returns>The piece itself where there is nothing to take apart.</returns>
    public static string Of(string piece) => piece.Length == 2 ? OfPair(char.ConvertToUtf32(piece, 0)) ?? piece : piece[0] switch
    {
        'Æ' => "AE",
        'æ' => "ae",
        'Œ' => "OE",
        'œ' => "oe",
        'ß' => "ss",
        >= LatinFirst and <= '\u017F' and var letter => Latin[letter - LatinFirst].ToString(),
        >= '\uFB00' and <= '\uFB06' and var ligature => Ligatures[ligature - '\uFB00'],
        >= FullWidthFirst and <= FullWidthLast and var wide => ((char)(wide - FullWidthToPlain)).ToString(),
        >= '\u2160' and <= '\u216B' and var numeral => Roman[numeral - '\u2160'],
        >= '\u2170' and <= '\u217B' and var numeral => Roman[numeral - '\u2170'].ToLowerInvariant(),
        '\u207A' or '\u208A' => "+",
        '\u207B' or '\u208B' => "-",
        _ => piece,
    };

    /// <summary>Mathematical letters run through the alphabet, capitals first, one style after the other; so do the figures.</summary>
    private static string? OfPair(int letter) => letter switch
    {
        >= MathLettersFirst and <= MathLettersLast when (letter - MathLettersFirst) % 52 is var at => ((char)(at < 26 ? 'A' + at : 'a' + at - 26)).ToString(),
        >= MathDigitsFirst and <= MathDigitsLast => ((char)('0' + ((letter - MathDigitsFirst) % 10))).ToString(),
        _ => null,
    };
}
