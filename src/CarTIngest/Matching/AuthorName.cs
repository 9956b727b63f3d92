namespace CarTIngest.Matching;

/// <summary>A person's surname without particles, and the first initial where the source gives one. A group is its whole name and no initial.</summary>
internal readonly record struct AuthorName(string Surname, char? Initial)
{
    private static readonly string[] Particles = ["van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "el", "al", "das", "ter", "ten", "st", "san"];

    private static readonly string[] Suffixes = ["jr", "sr", "2nd", "3rd", "ii", "iii", "phd", "md"];

    /// <summary>Takes <c>Last, Fore</c>, <c>Last FM</c> and <c>F. M. Last</c>; a name that says nothing (UNKNOWN, anonymous, empty) has an empty surname. Never throws.</summary>
    public static AuthorName Of(string written)
    {
        var comma = written.IndexOf(',', StringComparison.Ordinal);
        if (comma > 0)
        {
            var given = Words(written[(comma + 1)..]);
            return Named(Words(written[..comma]), given.Count > 0 ? given[0][0] : null);
        }

        var words = Words(written);
        if (words.Count > 1 && words[^1].Length <= 2)
        {
            var last = words.FindLastIndex(word => word.Length > 2);
            return last < 0 ? Named(words, null) : Named(words[..(last + 1)], words[last + 1][0]);
        }

        return words.Count > 1 ? Named(words[^1..], words[0][0]) : Named(words, null);
    }

    /// <summary>The same person as far as two ways of writing can tell: surnames equal, nearly so, or one the end of the other; initials not in conflict.</summary>
    public bool Matches(AuthorName other)
    {
        if (Surname.Length == 0 || other.Surname.Length == 0 || (Initial is { } mine && other.Initial is { } theirs && mine != theirs))
        {
            return false;
        }

        // A misspelt name keeps its first letter nearly always; the others need not be measured.
        return Surname == other.Surname || Ends(Surname, other.Surname) || Ends(other.Surname, Surname)
            || (Surname[0] == other.Surname[0] && WordSimilarity.JaroWinkler(Surname, other.Surname) >= 0.9);
    }

    private static bool Ends(string whole, string end) => end.Length >= 4 && (whole.EndsWith(' ' + end, StringComparison.Ordinal) || whole.StartsWith(end + ' ', StringComparison.Ordinal));

    private static List<string> Words(string text) => [.. Folded.Words(text).Where(word => !Suffixes.Contains(word, StringComparer.Ordinal))];

    private static AuthorName Named(List<string> words, char? initial)
    {
        var kept = words.SkipWhile(word => Particles.Contains(word, StringComparer.Ordinal)).ToList();
        var surname = string.Join(' ', kept.Count > 0 ? kept : words);
        return surname is "unknown" or "anonymous" or "anon" ? new("", null) : new(surname, initial);
    }
}
