namespace CarTIngest.Matching;

/// <summary>
/// Under which keys a citation lies, so that only those that share one are compared. Several kinds, for each source spoils another part:
/// the title's beginning; four least hashes of its pairs of words, which survive a word changed or left out; author and page; volume, page and year.
/// </summary>
internal static class BlockingKeys
{
    private const int TitleBeginning = 30;
    private const int LeastHashes = 4;

    public static IEnumerable<string> Of(PreparedCitation citation)
    {
        if (citation.Citation.Pmid is { } pmid)
        {
            yield return $"pmid {pmid}";
        }

        if (citation.Doi is { } doi)
        {
            yield return "doi " + doi;
        }

        if (citation.Title.Length > 0)
        {
            var compact = citation.Title.Replace(" ", "", StringComparison.Ordinal);
            yield return "title " + compact[..Math.Min(TitleBeginning, compact.Length)];
            for (var salt = 0; salt < LeastHashes; salt++)
            {
                yield return $"words{salt} {LeastHash(citation.TitleWords, salt)}";
            }
        }

        if (citation.FirstPage is { } page)
        {
            if (citation.Authors.Length > 0)
            {
                yield return $"author {citation.Authors[0].Surname} {page}";
            }

            if (citation.Volume is { } volume)
            {
                yield return $"place {citation.Citation.Year} {volume} {page}";
            }
        }
    }

    private static uint LeastHash(string[] words, int salt)
    {
        var least = uint.MaxValue;
        for (var at = 0; at < Math.Max(1, words.Length - 1); at++)
        {
            least = Math.Min(least, Hash(words[at], at + 1 < words.Length ? words[at + 1] : "", salt));
        }

        return least;
    }

    // FNV-1a, for string's own hash differs from start to start; the last step spreads the salt.
    private static uint Hash(string first, string second, int salt)
    {
        var hash = 2166136261u ^ (uint)salt;
        foreach (var letter in first)
        {
            hash = (hash ^ letter) * 16777619u;
        }

        hash = (hash ^ ' ') * 16777619u;
        foreach (var letter in second)
        {
            hash = (hash ^ letter) * 16777619u;
        }

        hash ^= hash >> 15;
        hash *= 0x85ebca6bu + (2 * (uint)salt);
        return hash ^ (hash >> 13);
    }
}
