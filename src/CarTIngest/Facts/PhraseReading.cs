using CarTIngest.Eligibility.Text;

namespace CarTIngest.Facts;

/// <summary>Small questions about the words of a passage.</summary>
internal static class PhraseReading
{
    /// <summary>Whether these words stand there one after the other, with nothing but spaces and hyphens between.</summary>
    public static bool Stands(this Passage passage, int at, IReadOnlyList<string> keys)
    {
        var words = passage.Words;
        if (at < 0 || at + keys.Count > words.Count)
        {
            return false;
        }

        for (var i = 0; i < keys.Count; i++)
        {
            if (words[at + i].Key != keys[i] || (i > 0 && words[at + i].Before > Gap.Light))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The places of a sentence's words: from its first to its last, both included.</summary>
    public static (int First, int Last) SentenceOf(this Passage passage, int at)
    {
        var (first, last) = (at, at);
        while (first > 0 && passage.Sentences[first - 1] == passage.Sentences[at])
        {
            first--;
        }

        while (last + 1 < passage.Words.Count && passage.Sentences[last + 1] == passage.Sentences[at])
        {
            last++;
        }

        return (first, last);
    }

    /// <summary>Whether any of the words stands from one place to another, both included.</summary>
    public static bool Holds(this Passage passage, int first, int last, IReadOnlySet<string> keys)
    {
        for (var at = Math.Max(first, 0); at <= last && at < passage.Words.Count; at++)
        {
            if (keys.Contains(passage.Words[at].Key))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a word is written in its plural: a plural's s is not in its key.</summary>
    public static bool IsPlural(this Passage passage, int at) => passage.Words[at] is var word && passage.Stored[word.End - 1] is 's' or 'S' && !word.Key.EndsWith('s');
}
