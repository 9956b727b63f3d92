using CarTIngest.Eligibility.Text;

namespace CarTIngest.Eligibility.Terms;

/// <summary>
/// A word or an expression of the lexicon. Between its words a text may have nothing, a space, a hyphen or a slash. Words in capitals are looked up in capitals;
/// <c>~</c> before a line lifts that; <c>*</c> after its last word stands for any ending; a comma
/// in the line lets the text have commas between the words.
/// </summary>
/// <param name="Name">What it is called where it has a name: the antigen, the product.</param>
/// <param name="Value">What the lexicon says of it: the antigens of a product.</param>
internal sealed record Term(Concept Concept, string Written, string Name, string Value, IReadOnlyList<string> Keys, IReadOnlyList<string?> Cased, TermEnding Ending)
{
    /// <returns>Null when the line holds no word.</returns>
    public static Term? Of(Concept concept, string written, string? name = null, string value = "")
    {
        var text = written.Trim();
        var anyCase = text.StartsWith('~');
        var open = text.EndsWith('*');
        var words = Words.Of(FoldedText.Of(text.Trim('~', '*')));
        return words.Count == 0 ? null : new Term(
            concept,
            text,
            name ?? text.Trim('~', '*'),
            value,
            [.. words.Select(word => word.Key)],
            [.. words.Select(word => !anyCase && IsAcronym(word.Cased) ? word.Cased : null)],
            open ? TermEnding.Any : TermEnding.Whole);
    }

    /// <summary>Whether these words are written as the term demands.</summary>
    public bool Fits(IReadOnlyList<Token> words, int first)
    {
        for (var at = 0; at < Cased.Count; at++)
        {
            if ((Cased[at] is { } cased && words[first + at].Cased != cased) || (at > 0 && words[first + at].Before == Gap.Comma && !Written.Contains(',', StringComparison.Ordinal)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAcronym(string word) => word.Length > 1 && word.All(char.IsUpper);
}

internal enum TermEnding
{
    Whole,
    Any,
}
