namespace CarTIngest.Eligibility.Text;

/// <summary>A field of a record, or a section within one, with its words.</summary>
/// <param name="field">The path into the record's line.</param>
/// <param name="stored">The whole value of the field.</param>
/// <param name="words">Those of the passage; their places are in the whole value.</param>
/// <param name="sentences">For each word, the number of its sentence within the passage.</param>
internal sealed class Passage(string field, FieldRole role, string stored, IReadOnlyList<Token> words, IReadOnlyList<int> sentences)
{
    public string Field { get; } = field;

    public FieldRole Role { get; } = role;

    public string Stored { get; } = stored;

    public IReadOnlyList<Token> Words { get; } = words;

    public IReadOnlyList<int> Sentences { get; } = sentences;

    public static Passage Of(string field, FieldRole role, string stored, IReadOnlyList<Token> words)
    {
        var sentences = new int[words.Count];
        for (var at = 1; at < words.Count; at++)
        {
            sentences[at] = sentences[at - 1] + (words[at].Before == Gap.Sentence ? 1 : 0);
        }

        return new Passage(field, role, stored, words, sentences);
    }

    public static Passage Of(string field, FieldRole role, string stored) => Of(field, role, stored, Text.Words.Of(FoldedText.Of(stored)));

    /// <summary>The stored words from one to another, both included.</summary>
    public Quote Quote(int first, int last)
    {
        var (start, end) = (Words[first].Start, Words[last].End);
        return new Quote(Field, start, end - start, Stored[start..end]);
    }
}
