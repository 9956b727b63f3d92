using System.Text.RegularExpressions;
using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>
/// Publications whose numbers do not make them reports: reviews are full of them. Said by PubMed's types, by the title where PubMed has not typed it yet,
/// or by naming more than a few trials. Their links are proposed, never joined.
/// </summary>
internal static partial class ReportLimits
{
    /// <summary>More numbers of one registry than this are a list, not a paper's own trials. A pooled report of three trials still joins all three.</summary>
    public const int FewTrials = 3;

    private static readonly string[] NoReports =
    [
        "Review", "Systematic Review", "Scoping Review", "Meta-Analysis", "Network Meta-Analysis", "Editorial", "Guideline", "Practice Guideline", "Consensus Development Conference", "News", "Comment",
    ];

    /// <summary>Why this publication joins nothing by a number; null where it may.</summary>
    /// <param name="named">All registry numbers that it names.</param>
    public static string? Of(Publication publication, IEnumerable<string> named)
    {
        if (NoReports.FirstOrDefault(type => publication.PublicationTypes.Contains(type, StringComparer.OrdinalIgnoreCase)) is { } type)
        {
            return $"PubMed types it {type}.";
        }

        if (Surveying().Match(publication.Title) is { Success: true } title)
        {
            return $"Its title calls it \"{title.Value}\".";
        }

        var most = named.Distinct(StringComparer.Ordinal).GroupBy(number => number[..number.IndexOf(':', StringComparison.Ordinal)], StringComparer.Ordinal)
            .Select(registry => registry.Count()).DefaultIfEmpty().Max();
        return most > FewTrials ? $"It names {most} trials." : null;
    }

    // "A case and review of the literature" and "compliance with guidelines" report patients: the word must say what the paper is.
    private const string Survey =
        @"\b(systematic|scoping|narrative|comprehensive|umbrella) review\b|\bmeta-?analysis\b|(^|[:?.]\s*)(a |an )?(literature |updated |brief |mini-?)?review\b" +
        @"|\bguidelines? (for|on)\b|\bconsensus (statement|guidelines?|recommendations)\b";

    [GeneratedRegex(Survey, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Surveying();
}
