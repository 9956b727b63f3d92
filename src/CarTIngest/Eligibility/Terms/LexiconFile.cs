using System.Text.Json;

namespace CarTIngest.Eligibility.Terms;

/// <summary>
/// Reads a file of the lexicon. A heading in brackets names what the lines below stand for; a line is a word or an expression, or
/// <c>NAME = word; word</c>, or for a product <c>NAME -> ANTIGEN, ANTIGEN = word; word</c>; <c>#</c> begins a comment.
/// </summary>
internal static class LexiconFile
{
    private static readonly Dictionary<string, Concept> Headings = Enum.GetValues<Concept>().ToDictionary(Spelled);

    /// <exception cref="BrokenRulebookException">A line cannot be understood.</exception>
    public static IEnumerable<(Term Term, int Line)> Read(string file, string content)
    {
        Concept? concept = null;
        var number = 0;
        foreach (var whole in content.Split('\n'))
        {
            number++;
            var line = whole.Split('#')[0].Trim();
            if (line.StartsWith('['))
            {
                concept = HeadingOf(file, number, line);
            }
            else if (line.Length > 0)
            {
                foreach (var term in TermsOf(file, number, concept ?? throw new BrokenRulebookException(file, number, "stands under no heading; begin the file with a heading such as [aml]."), line))
                {
                    yield return (term, number);
                }
            }
        }
    }

    /// <summary>The heading as the files write it.</summary>
    public static string HeadingOf(Concept concept) => $"[{Spelled(concept)}]";

    private static string Spelled(Concept concept) => JsonNamingPolicy.SnakeCaseLower.ConvertName(concept.ToString());

    private static Concept HeadingOf(string file, int number, string line)
    {
        var end = line.IndexOf(']', StringComparison.Ordinal);
        if (end < 0)
        {
            throw new BrokenRulebookException(file, number, "begins with [ and has no ]: a heading is a name in brackets.");
        }

        return Headings.TryGetValue(line[1..end].Trim(), out var concept)
            ? concept
            : throw new BrokenRulebookException(file, number, $"has a heading that no rule knows, {line[..(end + 1)]}. Known are: {string.Join(", ", Headings.Keys.Order(StringComparer.Ordinal))}.");
    }

    private static List<Term> TermsOf(string file, int number, Concept concept, string line)
    {
        var sides = line.Split('=', 2);
        var head = sides[0].Split("->", 2);
        if (head.Length == 2 && concept != Concept.Product)
        {
            throw new BrokenRulebookException(file, number, "names an antigen by -> though it is no product.");
        }

        var value = head.Length == 2 ? head[1].Trim() : "";
        var name = sides.Length == 2 || head.Length == 2 ? head[0].Trim().TrimStart('~') : null;
        List<string> written = [head[0], .. sides.Length == 2 ? sides[1].Split(';') : []];
        // A name that is one of its own aliases is no mistake: IL1RAP = IL-1RAP.
        return [.. written.Where(word => word.Trim().Length > 0).Select(word => Term.Of(concept, word, name, value) ?? throw new BrokenRulebookException(file, number, $"'{word.Trim()}' holds no word.")).DistinctBy(term => (string.Join(' ', term.Keys), string.Join(' ', term.Cased)))];
    }
}
