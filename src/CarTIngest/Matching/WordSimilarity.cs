namespace CarTIngest.Matching;

/// <summary>Exact measures of how alike two texts are, 0 to 1. Pure; both texts are expected folded.</summary>
internal static class WordSimilarity
{
    /// <summary>One minus the edit distance over the longer length; 1 for two empty texts.</summary>
    public static double Edits(string a, string b)
    {
        if (a == b)
        {
            return 1;
        }

        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return 1 - ((double)row[b.Length] / Math.Max(a.Length, b.Length));
    }

    /// <summary>Dice over two sorted lists of words, repeated words counted; 0 where either is empty.</summary>
    public static double SharedWords(string[] a, string[] b)
    {
        if (a.Length == 0 || b.Length == 0)
        {
            return 0;
        }

        var shared = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            var order = string.CompareOrdinal(a[i], b[j]);
            shared += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return 2.0 * shared / (a.Length + b.Length);
    }

    /// <summary>Jaro's similarity with Winkler's bonus of 0.1 for each of the first four letters in common.</summary>
    public static double JaroWinkler(string a, string b)
    {
        var reach = Math.Max(0, (Math.Max(a.Length, b.Length) / 2) - 1);
        Span<bool> taken = b.Length <= 256 ? stackalloc bool[b.Length] : new bool[b.Length];
        Span<char> matched = a.Length <= 256 ? stackalloc char[a.Length] : new char[a.Length];
        var matches = 0;
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = Math.Max(0, i - reach); j < Math.Min(b.Length, i + reach + 1); j++)
            {
                if (!taken[j] && a[i] == b[j])
                {
                    taken[j] = true;
                    matched[matches++] = a[i];
                    break;
                }
            }
        }

        if (matches == 0)
        {
            return 0;
        }

        var displaced = 0;
        for (int j = 0, k = 0; j < b.Length; j++)
        {
            displaced += taken[j] && matched[k++] != b[j] ? 1 : 0;
        }

        var jaro = (((double)matches / a.Length) + ((double)matches / b.Length) + ((matches - (displaced / 2.0)) / matches)) / 3;
        var prefix = 0;
        while (prefix < Math.Min(4, Math.Min(a.Length, b.Length)) && a[prefix] == b[prefix])
        {
            prefix++;
        }

        return jaro + (prefix * 0.1 * (1 - jaro));
    }
}
