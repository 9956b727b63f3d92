using System.Text.RegularExpressions;

namespace CarTIngest.Matching;

/// <summary>What sort of text a citation is, as far as title and types tell. Two of different sorts are never one record, however alike the rest.</summary>
internal enum WorkKind
{
    Article = 0,
    Erratum = 1,
    Comment = 2,
    Reply = 3,
    Retraction = 4,
}

/// <summary>Tells the sort of a citation.</summary>
internal static partial class WorkKinds
{
    public static WorkKind Of(Citation citation) =>
        citation.Types.Contains("Published Erratum", StringComparer.OrdinalIgnoreCase) || Erratum().IsMatch(citation.Title) ? WorkKind.Erratum
        : citation.Types.Any(type => type.StartsWith("Retraction ", StringComparison.OrdinalIgnoreCase)) || Retraction().IsMatch(citation.Title) ? WorkKind.Retraction
        : Reply().IsMatch(citation.Title) ? WorkKind.Reply
        : citation.Types.Contains("Comment", StringComparer.OrdinalIgnoreCase) || Comment().IsMatch(citation.Title) ? WorkKind.Comment
        : WorkKind.Article;

    /// <summary>Not yet peer reviewed: said by type, by the server's name, or by its DOI prefix.</summary>
    public static bool IsPreprint(Citation citation) =>
        citation.Types.Contains("Preprint", StringComparer.OrdinalIgnoreCase)
        || PreprintServer().IsMatch(citation.Journal ?? "")
        || PreprintDoi().IsMatch(citation.Doi ?? "");

    /// <summary>An abstract of a meeting: a supplement's page, or a title that says so.</summary>
    public static bool IsMeetingAbstract(Citation citation) =>
        citation.Types.Contains("Meeting Abstract", StringComparer.OrdinalIgnoreCase)
        || MeetingTitle().IsMatch(citation.Title)
        || Supplement().IsMatch(citation.Issue ?? "")
        || Supplement().IsMatch(citation.Volume ?? "");

    [GeneratedRegex(@"^\W*(published\s+)?(erratum|errata|corrigend(um|a)|correction(s)?|author correction|publisher correction|expression of concern)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Erratum();

    [GeneratedRegex(@"^\W*(retraction( note| notice)?|retracted and replaced|notice of retraction)\b\s*(:|to|of|-|–)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Retraction();

    [GeneratedRegex(@"^\W*(author('|’)?s?('|’)?\s+(reply|response)|(in\s+)?(reply|response)\s+(to|by)|reply|the authors?\s+(reply|respond))\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Reply();

    [GeneratedRegex(@"^\W*(comments?\s+(on|to)|commentary(\s+on)?\b|(invited\s+)?commentary\s*:|letter\s+to\s+the\s+editor\s*:|re:)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(bioRxiv|medRxiv|arXiv|Research Square|SSRN|Preprints(\.org)?|ChemRxiv|Authorea)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PreprintServer();

    [GeneratedRegex(@"^10\.(1101/(19|20)\d\d\.|1101/\d{6}|21203/rs\.|2139/ssrn|20944/preprints|48550/arxiv|22541/au\.)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PreprintDoi();

    [GeneratedRegex(@"\[?\b(meeting |conference )?abstract( no\.?:?)?\s*[#:]?\s*[a-z]{0,8}-?\d+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MeetingTitle();

    [GeneratedRegex(@"\bsuppl", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Supplement();
}
