namespace CarTIngest.Rehearsal.EUtils;

internal enum TermTokenKind
{
    Open,
    Close,
    And,
    Or,
    Not,
    Colon,
    Tag,
    Text,
    End,
}

internal readonly record struct TermToken(TermTokenKind Kind, string Text);

/// <summary>Cuts a search term into words, quoted phrases, tags and operators. Operators are such in capitals only.</summary>
internal static class TermTokens
{
    private const string Special = "()[]\":";

    public static List<TermToken> Of(string term)
    {
        var tokens = new List<TermToken>();
        for (var i = 0; i < term.Length;)
        {
            var c = term[i];
            if (char.IsWhiteSpace(c) || c == ']')
            {
                i++;
                continue;
            }

            var end = c switch
            {
                '"' => term.IndexOf('"', i + 1),
                '[' => term.IndexOf(']', i + 1),
                '(' or ')' or ':' => i,
                _ => EndOfWord(term, i) - 1,
            };
            // A quote or bracket that is never closed reaches to the end.
            end = end < 0 ? term.Length : end;
            tokens.Add(c switch
            {
                '"' => new TermToken(TermTokenKind.Text, term[(i + 1)..end]),
                '[' => new TermToken(TermTokenKind.Tag, term[(i + 1)..end]),
                '(' => new TermToken(TermTokenKind.Open, "("),
                ')' => new TermToken(TermTokenKind.Close, ")"),
                ':' => new TermToken(TermTokenKind.Colon, ":"),
                _ => WordOf(term[i..(end + 1)]),
            });
            i = end + 1;
        }

        tokens.Add(new TermToken(TermTokenKind.End, ""));
        return tokens;
    }

    private static TermToken WordOf(string word) => new(
        word switch { "AND" => TermTokenKind.And, "OR" => TermTokenKind.Or, "NOT" => TermTokenKind.Not, _ => TermTokenKind.Text }, word);

    private static int EndOfWord(string term, int start)
    {
        var end = start;
        while (end < term.Length && !char.IsWhiteSpace(term[end]) && !Special.Contains(term[end], StringComparison.Ordinal))
        {
            end++;
        }

        return end;
    }
}
