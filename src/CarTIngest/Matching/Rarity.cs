namespace CarTIngest.Matching;

/// <summary>How much it says that two records share a word: little for a common one, much for a rare one. Counted over the registrations held.</summary>
internal sealed class Rarity
{
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
    private int all;

    public void Count(IEnumerable<string> distinctWords)
    {
        all++;
        foreach (var word in distinctWords)
        {
            counts[word] = counts.GetValueOrDefault(word) + 1;
        }
    }

    /// <summary>Natural logarithm of how many times rarer than everywhere; a word of no registration counts as one of a single one.</summary>
    public double Weight(string word) => Math.Log(1 + ((double)all / Math.Max(1, counts.GetValueOrDefault(word))));
}
