namespace CarTIngest.Eligibility.Text;

/// <summary>
/// Takes a folded text apart into words. A word ends where letters meet digits (CART133), where a small letter meets a capital (LeukemiaAML, UniCAR), and where
/// three or more capitals meet small letters that are more than a plural (CARTcells).
/// </summary>
internal static class Words
{
    private const int Acronym = 3;

    public static IReadOnlyList<Token> Of(FoldedText text)
    {
        var words = new List<Token>();
        var gap = Gap.Sentence;
        for (var at = 0; at < text.Length;)
        {
            if (!char.IsLetterOrDigit(text[at]))
            {
                gap = Worse(gap, GapOf(text, at));
                at++;
                continue;
            }

            var end = EndOf(text, at);
            var written = string.Create(end - at, (text, at), static (span, from) =>
            {
                for (var i = 0; i < span.Length; i++)
                {
                    span[i] = from.text[from.at + i];
                }
            });
            var positive = end < text.Length && text[end] == '+';
            words.Add(new Token(Spelling.Key(written), Spelling.Singular(written), text.StartOf(at), text.EndOf(end - 1), gap, positive));
            gap = Gap.None;
            at = end;
        }

        return words;
    }

    private static int EndOf(FoldedText text, int start)
    {
        var capitals = char.IsUpper(text[start]) ? 1 : 0;
        for (var at = start + 1; at < text.Length; at++)
        {
            var (before, here) = (text[at - 1], text[at]);
            if (!char.IsLetterOrDigit(here) || text.BreaksBefore(at) || char.IsDigit(before) != char.IsDigit(here) || (char.IsLower(before) && char.IsUpper(here)))
            {
                return at;
            }

            if (char.IsUpper(before) && char.IsLower(here) && capitals >= Acronym && at + 1 < text.Length && char.IsLower(text[at + 1]))
            {
                return at;
            }

            capitals += char.IsUpper(here) ? 1 : 0;
        }

        return text.Length;
    }

    private static Gap GapOf(FoldedText text, int at)
    {
        var next = at + 1 < text.Length ? text[at + 1] : '\n';
        return text[at] switch
        {
            '\n' => GoesOn(text, at) ? Gap.Light : Gap.Sentence,
            ',' => Gap.Comma,
            ';' => Gap.Mark,
            '!' or '?' => Gap.Sentence,
            '.' when char.IsLetterOrDigit(next) => Gap.Light,
            '.' when IsAbbreviation(text, at) => Gap.Mark,
            '.' => Gap.Sentence,
            ' ' or '-' or '/' or '+' or '_' or '\'' or '"' or '’' or '“' or '”' => Gap.Light,
            _ => Gap.Mark,
        };
    }

    /// <summary>A line that was only wrapped: the next begins with a small letter.</summary>
    private static bool GoesOn(FoldedText text, int line)
    {
        var at = line + 1;
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at < text.Length && char.IsLower(text[at]);
    }

    /// <summary>"vs.", "e.g.", "i.v.", "Dr.", an initial: no sentence ends there.</summary>
    private static bool IsAbbreviation(FoldedText text, int dot)
    {
        var start = dot;
        while (start > 0 && char.IsLetter(text[start - 1]))
        {
            start--;
        }

        var length = dot - start;
        var follows = dot + 2 < text.Length && text[dot + 1] == ' ' ? text[dot + 2] : ' ';
        return length > 0 && ((length <= 2 && (char.IsLower(follows) || (start > 0 && text[start - 1] == '.'))) || (length <= 3 && char.IsLower(follows)));
    }

    private static Gap Worse(Gap one, Gap other) => one > other ? one : other;
}
