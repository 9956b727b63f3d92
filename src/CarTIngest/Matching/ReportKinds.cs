using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>Tells what sort of report a publication is, from its type, its title and its place in the journal.</summary>
internal static class ReportKinds
{
    public static ReportKind Of(Publication publication)
    {
        var citation = Citation.Of(publication);
        return WorkKinds.Of(citation) != WorkKind.Article ? ReportKind.Notice
            : WorkKinds.IsPreprint(citation) ? ReportKind.Preprint
            : WorkKinds.IsMeetingAbstract(citation) ? ReportKind.MeetingAbstract
            : citation.Types.Contains("Letter", StringComparer.OrdinalIgnoreCase) ? ReportKind.Letter
            : ReportKind.Paper;
    }
}
