using System.Text;

namespace CarTIngest.Matching;

/// <summary>
/// Text in the form in which two sources are compared: lower case, letters without accents, Greek letters spelled out, everything else one space.
/// Never shown or quoted: what people see is always the stored text. Own table, for the process runs without culture data.
/// </summary>
internal static class Folded
{
    // U+00C0 to U+017F, letter by letter.
    private const string Latin =
        "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty" +
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll" +
        "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    // U+03B1 to U+03C9; both sigmas.
    private static readonly string[] Greek =
    [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "omicron", "pi", "rho",
        "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
    ];

    /// <summary>The words with one space between them; empty for no text.</summary>
    public static string Text(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var folded = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            Append(folded, letter);
        }

        if (folded.Length > 0 && folded[^1] == ' ')
        {
            folded.Length--;
        }

        return folded.ToString();
    }

    public static string[] Words(string? text) => Text(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static void Append(StringBuilder folded, char letter)
    {
        switch (char.ToLowerInvariant(letter))
        {
            case >= 'a' and <= 'z' or >= '0' and <= '9':
                folded.Append(char.ToLowerInvariant(letter));
                break;
            case >= '\u00C0' and <= '\u017F' and var accented when Latin[accented - '\u00C0'] != ' ':
                folded.Append(Latin[accented - '\u00C0']);
                break;
            case >= '\u03B1' and <= '\u03C9' and var greek:
                folded.Append(Greek[greek - '\u03B1']);
                break;
            case '\'' or '\u2019' or '\u02BC' or '\u00AD':
                // An apostrophe joins: O'Neill is oneill however the source writes it.
                break;
            case var other when char.IsLetterOrDigit(other):
                folded.Append(other);
                break;
            default:
                if (folded.Length > 0 && folded[^1] != ' ')
                {
                    folded.Append(' ');
                }

                break;
        }
    }
}
