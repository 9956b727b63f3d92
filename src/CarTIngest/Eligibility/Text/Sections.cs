using CarTIngest.Eligibility.Terms;

namespace CarTIngest.Eligibility.Text;

/// <summary>
/// Takes a text with several purposes apart: criteria into those of inclusion and of exclusion, an abstract without labels into what was known, what was done and
/// what it means. The words that begin a section are the lexicon's.
/// </summary>
internal sealed class Sections(Lexicon lexicon)
{
    private const int WordsOfAHeading = 6;

    /// <summary>How many sentences an abstract without labels may take before it comes to its own work.</summary>
    private const int MostBackground = 3;

    /// <summary>Criteria without any heading are of inclusion.</summary>
    public IEnumerable<Passage> OfEligibility(string field, string stored)
    {
        var words = Words.Of(FoldedText.Of(stored));
        var (start, role) = (0, FieldRole.Inclusion);
        for (var at = 0; at < words.Count; at++)
        {
            if (words[at].Before == Gap.Sentence && HeadingAt(words, at) is { } next && next != role)
            {
                if (at > start)
                {
                    yield return Slice(field, role, stored, words, start, at);
                }

                (start, role) = (at, next);
            }
        }

        if (start < words.Count)
        {
            yield return Slice(field, role, stored, words, start, words.Count);
        }
    }

    public IEnumerable<Passage> OfAbstract(string field, string? label, string stored)
    {
        var words = Words.Of(FoldedText.Of(stored));
        if (words.Count == 0)
        {
            yield break;
        }

        if (label is not null)
        {
            yield return Slice(field, RoleOf(label), stored, words, 0, words.Count);
            yield break;
        }

        var body = BodyStart(Slice(field, FieldRole.Body, stored, words, 0, words.Count));
        if (body > 0)
        {
            yield return Slice(field, FieldRole.Background, stored, words, 0, body);
        }

        if (body < words.Count)
        {
            yield return Slice(field, FieldRole.Body, stored, words, body, words.Count);
        }
    }

    private static Passage Slice(string field, FieldRole role, string stored, IReadOnlyList<Token> words, int start, int end) =>
        Passage.Of(field, role, stored, [.. words.Skip(start).Take(end - start)]);

    private FieldRole RoleOf(string label)
    {
        var words = Words.Of(FoldedText.Of(label));
        return Says(Concept.LabelBody, words) ? FieldRole.Body
            : Says(Concept.LabelConclusion, words) ? FieldRole.Conclusion
            : Says(Concept.LabelBackground, words) ? FieldRole.Background
            : FieldRole.Body;
    }

    private FieldRole? HeadingAt(IReadOnlyList<Token> words, int at)
    {
        var line = words.Skip(at).Take(1).Concat(words.Skip(at + 1).TakeWhile(word => word.Before < Gap.Mark)).Take(WordsOfAHeading).ToList();
        return Says(Concept.HeadingExclusion, line) ? FieldRole.Exclusion
            : Says(Concept.HeadingInclusion, line) ? FieldRole.Inclusion
            : null;
    }

    /// <summary>The first sentence that speaks of this work; an abstract of which no sentence does is all body.</summary>
    private int BodyStart(Passage whole)
    {
        var first = lexicon.Scan(whole).Where(found => found.Concept is Concept.ThisWork or Concept.Treated).Select(found => whole.Sentences[found.First]).DefaultIfEmpty(0).Min();
        return first > MostBackground ? 0 : whole.Sentences.TakeWhile(sentence => sentence < first).Count();
    }

    private bool Says(Concept concept, IReadOnlyList<Token> words) => words.Count > 0 && lexicon.Scan(Passage.Of("", FieldRole.Other, "", words)).Any(found => found.Concept == concept);
}
