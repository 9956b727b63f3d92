using CarTIngest.Eligibility;
using CarTIngest.Eligibility.Text;

namespace CarTIngest.Facts;

/// <param name="Names">As the registry spells them, ascending.</param>
/// <param name="First">The place of its first word in the passage.</param>
/// <param name="Last">The place of its last word, included.</param>
internal sealed record PhaseRead(IReadOnlyList<string> Names, Quote Quote, int First, int Last);

/// <summary>Phases as people write them: phase 1, phase Ib, phase I/IIa, phase 1-2, phases 1 and 2, early phase 1, phase 0.</summary>
internal static class PhaseNumber
{
    private const int None = -1;
    private const int Early = 0;
    private const int Last = 4;

    private static readonly string[] Roman = ["", "i", "ii", "iii", "iv"];

    public static string NameOf(int number) => number == Early ? "EARLY_PHASE1" : $"PHASE{number}";

    /// <returns>1 to 4 with any letter after it, 0 for phase 0; -1 for anything else.</returns>
    public static int Read(string word)
    {
        var bare = word.ToLowerInvariant() is [.. { Length: > 0 } before, 'a' or 'b' or 'c'] ? before : word.ToLowerInvariant();
        var roman = Array.IndexOf(Roman, bare);
        return roman > 0 ? roman
            : bare is [var digit] && digit is >= '0' and <= '4' ? digit - '0'
            : None;
    }

    /// <returns>Null when no phase begins there.</returns>
    public static PhaseRead? At(Passage passage, int at)
    {
        var words = passage.Words;
        if (words[at].Key != "phase" || at + 1 >= words.Count || words[at + 1].Before > Gap.Light || Read(words[at + 1].Cased) is var number && number == None)
        {
            return null;
        }

        var numbers = new SortedSet<int> { number };
        var last = PastLetter(passage, at + 1);
        while (Next(passage, last) is { } next)
        {
            numbers.Add(Read(words[next].Cased));
            last = PastLetter(passage, next);
        }

        var early = at > 0 && words[at - 1].Key == "early" && words[at].Before <= Gap.Light && numbers.SetEquals([1]);
        var first = early ? at - 1 : at;
        return numbers.Max > Last ? null : new PhaseRead([.. numbers.Select(one => NameOf(early ? Early : one))], passage.Quote(first, last), first, last);
    }

    /// <summary>A letter that is glued to the number: 1b.</summary>
    private static int PastLetter(Passage passage, int at) =>
        at + 1 < passage.Words.Count && passage.Words[at + 1].Key is "a" or "b" or "c" && passage.Words[at + 1].Start == passage.Words[at].End ? at + 1 : at;

    /// <summary>The number that a slash, a hyphen or an "and" joins to the one before: a blank alone joins none.</summary>
    private static int? Next(Passage passage, int last)
    {
        var words = passage.Words;
        var next = last + 1;
        if (next >= words.Count || words[next].Before > Gap.Light)
        {
            return null;
        }

        if (words[next].Key is "and" or "to" or "or")
        {
            next += next + 1 < words.Count && words[next + 1].Key == "phase" ? 2 : 1;
            return next < words.Count && words[next].Before <= Gap.Light && Read(words[next].Cased) > None ? next : null;
        }

        return passage.Stored[words[last].End..words[next].Start].Trim().Length > 0 && Read(words[next].Cased) > None ? next : null;
    }
}
