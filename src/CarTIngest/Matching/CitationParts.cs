namespace CarTIngest.Matching;

/// <summary>
/// The points of each part of a comparison. They stand in the proportions of log likelihoods: a title is worth most, an equal first page more than an equal
/// year, and a part that one side leaves out is worth nothing either way.
/// </summary>
internal static class CitationParts
{
    // The most that the dear parts can bring: what is compared first asks whether they could still make up for the rest.
    public const double MostTitle = 6, MostJournal = 1.5, MostIssue = 0.5, MostAbstract = 2, MostYearOfVersions = 1;

    public static ComparedPart Title(PreparedCitation a, PreparedCitation b)
    {
        var similarity = TitleSimilarity(a, b);
        // A short title ("Editorial", "Book review") is shared by many works.
        var most = Math.Min(a.TitleWords.Length, b.TitleWords.Length) switch { <= 3 => 3.0, <= 5 => 4.5, _ => MostTitle };
        var points = a.Title.Length == 0 || b.Title.Length == 0 ? 0 : Math.Clamp((similarity - 0.75) * 24, -6, most);
        return new("title", a.Citation.Title, b.Citation.Title, points);
    }

    public static double TitleSimilarity(PreparedCitation a, PreparedCitation b)
    {
        if (a.Title == b.Title)
        {
            return 1;
        }

        var words = WordSimilarity.SharedWords(a.SortedTitleWords, b.SortedTitleWords);
        var (shorter, longer) = a.Title.Length <= b.Title.Length ? (a.Title, b.Title) : (b.Title, a.Title);
        // Cut short by an export, or given without its subtitle: the same work or its sequel, so other parts must say.
        var cut = shorter.Length >= 40 && longer.StartsWith(shorter, StringComparison.Ordinal) ? 0.88 : 0;
        // Edit distance is dear; titles that share few words are not alike by it either.
        var edits = words < 0.3 ? 0 : WordSimilarity.Edits(shorter.Replace(" ", "", StringComparison.Ordinal), longer.Replace(" ", "", StringComparison.Ordinal));
        return Math.Max(edits, Math.Max(cut, words * 0.95));
    }

    /// <summary>Part I and part II, trial 9806 and trial 9904: each title numbers what the other does not.</summary>
    public static bool NumberedApart(PreparedCitation a, PreparedCitation b) =>
        a.TitleNumbers.Any(number => !b.TitleNumbers.Contains(number)) && b.TitleNumbers.Any(number => !a.TitleNumbers.Contains(number))
        && a.TitleNumbers.Count == b.TitleNumbers.Count;

    public static ComparedPart Authors(PreparedCitation a, PreparedCitation b)
    {
        var (fewer, more) = a.Authors.Length <= b.Authors.Length ? (a.Authors, b.Authors) : (b.Authors, a.Authors);
        double points = 0;
        if (fewer.Length > 0)
        {
            var shared = fewer.Count(author => more.Any(author.Matches));
            var overlap = (double)shared / fewer.Length;
            points = overlap < 0.5 ? -4 + (8 * overlap) : 6 * (overlap - 0.5);
            // One name of many may be a list cut short, or another work of its first author.
            points = fewer.Length == 1 && more.Length > 1 ? Math.Min(points, 1.5) : points;
        }

        return new("authors", Shown(a.Citation.Authors), Shown(b.Citation.Authors), points);
    }

    public static ComparedPart Year(PreparedCitation a, PreparedCitation b) => new(
        "year", a.Citation.Year?.ToString(System.Globalization.CultureInfo.InvariantCulture), b.Citation.Year?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        a.Citation.Year is { } first && b.Citation.Year is { } second ? Math.Abs(first - second) switch { 0 => 1, 1 => -0.5, 2 => -2, _ => -4 } : 0);

    public static ComparedPart Journal(PreparedCitation a, PreparedCitation b) =>
        new("journal", a.Citation.Journal, b.Citation.Journal, JournalNames.Compare(a.Citation.Journal, b.Citation.Journal) switch
        {
            JournalAgreement.Same => MostJournal,
            JournalAgreement.Other => -3,
            _ => 0,
        });

    public static ComparedPart Volume(PreparedCitation a, PreparedCitation b) =>
        new("volume", a.Citation.Volume, b.Citation.Volume, Both(a.Volume, b.Volume, agree: 1, differ: -1.5));

    /// <summary>Never against: databases put their own counters in its place.</summary>
    public static ComparedPart Issue(PreparedCitation a, PreparedCitation b) =>
        new("issue", a.Citation.Issue, b.Citation.Issue, Both(Folded.Text(a.Citation.Issue), Folded.Text(b.Citation.Issue), agree: MostIssue, differ: 0));

    public static ComparedPart Pages(PreparedCitation a, PreparedCitation b) =>
        new("pages", a.Citation.Pages, b.Citation.Pages, Both(a.FirstPage, b.FirstPage, agree: 3, differ: -2.5));

    public static ComparedPart Doi(PreparedCitation a, PreparedCitation b) => new("doi", a.Citation.Doi, b.Citation.Doi, Both(a.Doi, b.Doi, agree: 2, differ: -4));

    public static ComparedPart Pmid(PreparedCitation a, PreparedCitation b) => new(
        "pmid", a.Citation.Pmid?.ToString(System.Globalization.CultureInfo.InvariantCulture), b.Citation.Pmid?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        a.Citation.Pmid is { } first && b.Citation.Pmid is { } second && first != second ? -2 : 0);

    public static ComparedPart Abstract(PreparedCitation a, PreparedCitation b)
    {
        var (first, second) = (a.AbstractWords(), b.AbstractWords());
        var points = first.Length == 0 || second.Length == 0 ? 0 : WordSimilarity.SharedWords(first, second) switch { >= 0.9 => MostAbstract, >= 0.8 => 1, < 0.5 => -2, _ => 0 };
        return new("abstract", Shown(a.Citation.Abstract), Shown(b.Citation.Abstract), points);
    }

    private static double Both(string? a, string? b, double agree, double differ) =>
        string.IsNullOrEmpty(a) || string.IsNullOrEmpty(b) ? 0 : a == b ? agree : differ;

    private static string? Shown(IReadOnlyList<string> authors) => authors.Count switch { 0 => null, <= 6 => string.Join("; ", authors), _ => string.Join("; ", authors.Take(6)) + "; …" };

    private static string? Shown(string? text) => text is { Length: > 120 } ? text[..120] + "…" : text;
}
