namespace CarTIngest.Eligibility.Text;

/// <summary>The form in which two spellings of a word are the same: leukaemias and Leukemia.</summary>
internal static class Spelling
{
    private static readonly (string British, string American)[] Pairs = [("aem", "em"), ("tumour", "tumor"), ("paed", "ped"), ("isation", "ization"), ("labell", "label"), ("chimaer", "chimer"), ("oedema", "edema")];

    public static string Key(string word)
    {
        var key = Singular(word.ToLowerInvariant());
        foreach (var (british, american) in Pairs)
        {
            if (key.Contains(british, StringComparison.Ordinal))
            {
                key = key.Replace(british, american, StringComparison.Ordinal);
            }
        }

        return key;
    }

    /// <summary>Without the plural's ending. Acronyms lose a small s only: CARs, and never CRS.</summary>
    public static string Singular(string word)
    {
        if (word.Length < 4 || word[^1] is not 's')
        {
            return word;
        }

        if (word.EndsWith("ies", StringComparison.Ordinal))
        {
            return word[..^3] + "y";
        }

        return word[^2] is 's' or 'i' or 'u' ? word : word[..^1];
    }
}
