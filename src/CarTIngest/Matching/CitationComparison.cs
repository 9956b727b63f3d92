using System.Globalization;

namespace CarTIngest.Matching;

/// <summary>
/// Compares two citations. Identifiers decide where they can; else the points of all parts are summed and read against two written thresholds. Errata,
/// comments and replies, numbered parts of a series, and a meeting's abstract beside the whole paper are never the same record.
/// </summary>
public static class CitationComparison
{
    /// <summary>From here on two citations are one record. Equal title, authors and year are 10; another journal, or other pages and volume, take them below.</summary>
    public const double JoinFrom = 7.5;

    /// <summary>From here on a person is asked.</summary>
    public const double AskFrom = 4;

    // One DOI stands in the records of several works where an export was wrong, or a supplement has one for all its abstracts.
    private const double TitlesOfOneDoi = 0.6;

    public static CitationMatch Compare(Citation a, Citation b) => Compare(new PreparedCitation(a), new PreparedCitation(b));

    internal static CitationMatch Compare(PreparedCitation a, PreparedCitation b)
    {
        if (a.Kind != b.Kind)
        {
            return Decided(a, b, CitationRelation.Different, $"One is of the sort {a.Kind}, the other {b.Kind}.", [CitationParts.Title(a, b)]);
        }

        if (a.Citation.Pmid is { } pmid && pmid == b.Citation.Pmid)
        {
            return Decided(a, b, CitationRelation.Same, $"Both are PMID {pmid}.", [CitationParts.Pmid(a, b)]);
        }

        if (a.Doi is not null && a.Doi == b.Doi && SameUnderOneDoi(a, b))
        {
            return Decided(a, b, CitationRelation.Same, $"Both have the DOI {a.Doi}.", [CitationParts.Doi(a, b), CitationParts.Title(a, b)]);
        }

        return a.IsPreprint != b.IsPreprint ? Versions(a, b) : Scored(a, b);
    }

    /// <summary>False where the parts that are cheap to compare already rule out even a question: title, journal and abstract, the dear ones, could not make up for them.</summary>
    internal static bool MayMeet(PreparedCitation a, PreparedCitation b)
    {
        if ((a.Citation.Pmid is not null && a.Citation.Pmid == b.Citation.Pmid) || (a.Doi is not null && a.Doi == b.Doi))
        {
            return true;
        }

        var authors = CitationParts.Authors(a, b).Points;
        return a.IsPreprint != b.IsPreprint
            ? authors + CitationParts.MostTitle + CitationParts.MostAbstract + CitationParts.MostYearOfVersions >= AskFrom
            : authors + CitationParts.Year(a, b).Points + CitationParts.Volume(a, b).Points + CitationParts.Pages(a, b).Points + CitationParts.Doi(a, b).Points
                + CitationParts.Pmid(a, b).Points + CitationParts.MostTitle + CitationParts.MostJournal + CitationParts.MostIssue + CitationParts.MostAbstract >= AskFrom;
    }

    private static bool SameUnderOneDoi(PreparedCitation a, PreparedCitation b) =>
        !CitationParts.NumberedApart(a, b) && (a.Title.Length == 0 || b.Title.Length == 0 ? a.Citation.Year == b.Citation.Year : CitationParts.TitleSimilarity(a, b) >= TitlesOfOneDoi);

    private static CitationMatch Scored(PreparedCitation a, PreparedCitation b)
    {
        List<ComparedPart> parts =
        [
            CitationParts.Title(a, b), CitationParts.Authors(a, b), CitationParts.Year(a, b), CitationParts.Journal(a, b), CitationParts.Volume(a, b), CitationParts.Issue(a, b),
            CitationParts.Pages(a, b), CitationParts.Doi(a, b), CitationParts.Pmid(a, b), CitationParts.Abstract(a, b),
        ];
        if (CitationParts.NumberedApart(a, b))
        {
            return Decided(a, b, CitationRelation.Different, "Their titles number different things: parts of a series, or another trial.", parts);
        }

        if (a.Title.Length == 0 || b.Title.Length == 0)
        {
            return Decided(a, b, CitationRelation.Different, "One has no title, and no identifier says that they are one.", parts);
        }

        if (a.IsMeetingAbstract != b.IsMeetingAbstract && a.FirstPage is not null && b.FirstPage is not null && a.FirstPage != b.FirstPage)
        {
            parts.Add(new("meeting abstract", Says(a.IsMeetingAbstract), Says(b.IsMeetingAbstract), -3));
        }

        var score = parts.Sum(part => part.Points);
        return score >= JoinFrom ? Match(a, b, CitationRelation.Same, score, $"Scores {Written(score)}, of {Written(JoinFrom)} needed.", parts)
            : score >= AskFrom ? Match(a, b, CitationRelation.Unsure, score, $"Scores {Written(score)}: alike, below the {Written(JoinFrom)} needed.", parts)
            : Match(a, b, CitationRelation.Different, score, $"Scores {Written(score)}, of {Written(JoinFrom)} needed.", parts);
    }

    // Journal, pages and DOI of a preprint are another's by nature; it comes before its paper, by up to three years.
    private static CitationMatch Versions(PreparedCitation a, PreparedCitation b)
    {
        var (preprint, paper) = a.IsPreprint ? (a, b) : (b, a);
        var years = preprint.Citation.Year is { } early && paper.Citation.Year is { } late ? late - early : (int?)null;
        List<ComparedPart> parts =
        [
            CitationParts.Title(preprint, paper), CitationParts.Authors(preprint, paper), CitationParts.Abstract(preprint, paper),
            CitationParts.Year(preprint, paper) with { Points = years switch { null => 0, >= 0 and <= 3 => CitationParts.MostYearOfVersions, _ => -4 } },
        ];
        var score = parts.Sum(part => part.Points);
        var relation = CitationParts.NumberedApart(a, b) ? CitationRelation.Different : score >= JoinFrom ? CitationRelation.PreprintOf : score >= AskFrom ? CitationRelation.Unsure : CitationRelation.Different;
        return Match(preprint, paper, relation, score, $"A preprint and a paper; title, authors, abstract and year score {Written(score)}, of {Written(JoinFrom)} needed.", parts);
    }

    private static CitationMatch Decided(PreparedCitation a, PreparedCitation b, CitationRelation relation, string reason, IReadOnlyList<ComparedPart> parts) =>
        Match(a, b, relation, parts.Sum(part => part.Points), reason, parts);

    private static CitationMatch Match(PreparedCitation a, PreparedCitation b, CitationRelation relation, double score, string reason, IReadOnlyList<ComparedPart> parts) =>
        new(a.Citation.Key, b.Citation.Key, relation, score, reason, parts);

    private static string Says(bool isAbstract) => isAbstract ? "meeting abstract" : "whole paper";

    private static string Written(double score) => score.ToString("0.0", CultureInfo.InvariantCulture);
}
