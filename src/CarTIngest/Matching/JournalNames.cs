namespace CarTIngest.Matching;

/// <summary>What two names of journals say of each other.</summary>
internal enum JournalAgreement
{
    /// <summary>A name is missing, or the two are spelled so differently that nothing follows.</summary>
    Unclear = 0,
    Same = 1,
    Other = 2,
}

/// <summary>Compares names of journals as databases write them: whole, abbreviated, with a place, a former or a translated name behind <c>=</c>, <c>:</c>, <c>/</c> or <c>(</c>.</summary>
internal static class JournalNames
{
    private static readonly HashSet<string> Silent = new(["of", "the", "and", "for", "in", "on", "a", "an", "de", "la", "et", "und", "der", "die", "fur"], StringComparer.Ordinal);

    private static readonly HashSet<string> Meetings =
        new(["workshop", "conference", "congress", "symposium", "proceedings", "meeting", "conf", "symp", "proc"], StringComparer.Ordinal);

    public static JournalAgreement Compare(string? a, string? b)
    {
        var first = Names(a);
        var second = Names(b);
        if (first.Count == 0 || second.Count == 0)
        {
            return JournalAgreement.Unclear;
        }

        if (first.Any(name => second.Any(other => Same(name, other))))
        {
            return JournalAgreement.Same;
        }

        // A meeting's book is not a journal, however alike the rest of the name.
        if (Meetings.Overlaps(first[0]) != Meetings.Overlaps(second[0]))
        {
            return JournalAgreement.Other;
        }

        return Shared(first[0], second[0]) >= 0.5 ? JournalAgreement.Unclear : JournalAgreement.Other;
    }

    private static List<string[]> Names(string? journal) =>
        [.. (journal ?? "").Split([':', '=', '/', '('], StringSplitOptions.RemoveEmptyEntries)
            .Select(name => Folded.Words(name.Replace("&", " and ", StringComparison.Ordinal)).Where(word => !Silent.Contains(word)).ToArray())
            .Where(words => words.Length > 0)];

    // Word by word, each the other's beginning: J Clin Oncol is Journal of Clinical Oncology.
    private static bool Same(string[] a, string[] b) =>
        a.Length == b.Length && a.Zip(b).All(pair => pair.First.StartsWith(pair.Second, StringComparison.Ordinal) || pair.Second.StartsWith(pair.First, StringComparison.Ordinal));

    private static double Shared(string[] a, string[] b) =>
        a.Count(word => b.Any(other => word.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(word, StringComparison.Ordinal))) / (double)Math.Max(a.Length, b.Length);
}
