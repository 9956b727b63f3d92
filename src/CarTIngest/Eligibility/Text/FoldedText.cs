using System.Globalization;
using System.Text;

namespace CarTIngest.Eligibility.Text;

/// <summary>
/// A stored text as words are looked up in it: one hyphen for all kinds, one space for all kinds, Greek letters spelled out, ligatures and full-width forms taken
/// apart, accents, soft hyphens, zero-width characters and CommonMark's escapes gone. Every character of it knows the characters of the stored text that it stands for.
/// </summary>
internal sealed class FoldedText
{
    private readonly StringBuilder folded;
    private readonly List<int> starts;
    private readonly List<int> ends;
    private readonly HashSet<int> breaks = [];

    private FoldedText(string stored)
    {
        Stored = stored;
        folded = new StringBuilder(stored.Length);
        starts = new List<int>(stored.Length);
        ends = new List<int>(stored.Length);
    }

    public string Stored { get; }

    public int Length => folded.Length;

    public char this[int at] => folded[at];

    public static FoldedText Of(string stored)
    {
        var text = new FoldedText(stored);
        for (var at = 0; at < stored.Length;)
        {
            var width = char.IsSurrogatePair(stored, at) ? 2 : 1;
            text.Fold(at, width);
            at += width;
        }

        return text;
    }

    /// <summary>Where the stored text of a folded character begins.</summary>
    public int StartOf(int at) => starts[at];

    /// <summary>Where the stored text of a folded character ends, exclusive.</summary>
    public int EndOf(int at) => ends[at];

    /// <summary>Whether a word ends before this character though letters stand on both sides: beside a Greek letter.</summary>
    public bool BreaksBefore(int at) => breaks.Contains(at);

    private void Fold(int at, int width)
    {
        var first = Stored[at];
        if (first < 0x80)
        {
            if (first != '\\' || at + 1 == Stored.Length || !char.IsPunctuation(Stored[at + 1]))
            {
                Add(char.IsWhiteSpace(first) ? (first == '\n' ? '\n' : ' ') : first, at, width);
            }

            return;
        }

        if (Letters.Greek(first) is { } name)
        {
            breaks.Add(folded.Length);
            foreach (var letter in name)
            {
                Add(letter, at, width);
            }

            breaks.Add(folded.Length);
            return;
        }

        switch (Letters.KindOf(first))
        {
            case LetterKind.Hyphen:
                Add('-', at, width);
                break;
            case LetterKind.Space:
                Add(' ', at, width);
                break;
            case LetterKind.Nothing:
                break;
            default:
                Decompose(at, width);
                break;
        }
    }

    private void Decompose(int at, int width)
    {
        var piece = Stored.Substring(at, width);
        if (char.IsSurrogate(piece[0]) && width == 1)
        {
            Add(' ', at, width);
            return;
        }

        foreach (var part in Decomposed.Of(piece))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(part) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark))
            {
                Add(Letters.KindOf(part) == LetterKind.Hyphen ? '-' : part, at, width);
            }
        }
    }

    private void Add(char letter, int at, int width)
    {
        folded.Append(letter);
        starts.Add(at);
        ends.Add(at + width);
    }
}
