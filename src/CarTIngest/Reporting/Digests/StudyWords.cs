using System.Globalization;
using CarTIngest.Eligibility;
using CarTIngest.Matching;
using CarTIngest.Records;

namespace CarTIngest.Reporting.Digests;

/// <summary>A record in the words by which a clinician knows it.</summary>
public static class StudyWords
{
    private static readonly string[] Stops = ["TERMINATED", "WITHDRAWN", "SUSPENDED"];

    private const int LongestTitle = 250;
    private const int LongestQuote = 90;
    private const int QuotesOfOne = 2;

    public static string TitleOf(SourceRecord record) => OneLine.Of(
        record switch
        {
            Publication { Title.Length: > 0 } publication => publication.Title.TrimEnd('.'),
            Publication { VernacularTitle: { } vernacular } => vernacular,
            Trial trial => trial.BriefTitle ?? trial.OfficialTitle,
            _ => null,
        } is { Length: > 0 } title ? title : record.Id.Text,
        LongestTitle);

    /// <summary>As people write it: NCT03018405, PMID 36764323.</summary>
    public static string IdOf(RecordId id) => id.Source == "pubmed" ? $"PMID {id.Local}" : id.Local;

    /// <summary>The same of a study, which bears the id of one of its records, or a name of the review's own.</summary>
    public static string IdOf(string study) => RecordId.TryParse(study, out var id) ? IdOf(id) : study[(study.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>Id, sort, phase, status, targets. Of a publication phase and status are its trial's.</summary>
    public static string FactsOf(RecordSeen seen) => string.Join(" · ", (string[])
    [
        IdOf(seen.Id),
        .. seen.Record is Publication publication ? OfPublication(publication, seen) : Array.Empty<string>(),
        .. seen.Trials.Count == 1 ? OfTrial(seen.Trials[0], isItself: seen.Trials[0].Id == seen.Id) : seen.Trials.Where(trial => trial.Id == seen.Id).SelectMany(trial => OfTrial(trial, isItself: true)),
        seen.Judged is { Targets.Count: > 0 } judged ? $"{(judged.Targets.Count == 1 ? "target" : "targets")} {string.Join(", ", judged.Targets)}" : "target not said",
    ]);

    /// <summary>What supports that it belongs, with the words that were read; and what its text does not tell.</summary>
    public static string WhyOf(Judgement judged)
    {
        var reasons = judged.Findings.Where(finding => finding.Outcome == Outcome.Supports && finding.Rule is not ("target" or "flag")).Select(finding => $"{finding.Reason.TrimEnd('.')}{Quoted(finding)}.").Distinct(StringComparer.Ordinal).ToList();
        string[] silent =
        [
            .. judged.Criteria.Intervention == CriterionAnswer.Met ? Array.Empty<string>() : ["CAR-T cells"],
            .. judged.Criteria.Population == CriterionAnswer.Met ? Array.Empty<string>() : ["AML among those treated"],
            .. judged.Criteria.Design == CriterionAnswer.Met ? Array.Empty<string>() : ["people treated or observed"],
        ];
        return string.Join(' ', silent.Length == 0 ? reasons : [.. reasons, $"Not certain: {string.Join(", ", silent)}."]);
    }

    /// <summary>As its server or its meeting is named, so that nobody takes it for a paper.</summary>
    private static string? SortOf(RecordSeen seen) =>
        seen.Kind == ReportKind.Preprint || Has(seen, "preprint") ? "PREPRINT, not peer reviewed"
        : seen.Kind == ReportKind.MeetingAbstract || Has(seen, "conference_abstract") ? "CONFERENCE ABSTRACT"
        : seen.Kind == ReportKind.Letter ? "letter"
        : Has(seen, "protocol") && seen.Record is Publication ? "PROTOCOL, no results"
        : null;

    public static bool IsStopped(string? status) => Stops.Contains(status, StringComparer.OrdinalIgnoreCase);

    /// <summary>RECRUITING as a sponsor's page shows it.</summary>
    public static string Status(string? status) => status is { Length: > 0 } ? status.Replace('_', ' ').ToLower(CultureInfo.InvariantCulture) : "status not said";

    public static string Phases(IReadOnlyList<string> phases) => phases.Count == 0 || phases is ["NA"]
        ? "phase not given"
        : $"phase {string.Join("/", phases.Select(phase => phase.Replace("EARLY_PHASE1", "early 1", StringComparison.Ordinal).Replace("PHASE", "", StringComparison.Ordinal)))}";

    private static string Quote(string words) => $"“{OneLine.Of(words, LongestQuote)}”";

    private static string Quoted(Finding finding)
    {
        var words = finding.Quotes.Select(quote => OneLine.Of(quote.Text)).Distinct(StringComparer.OrdinalIgnoreCase).Take(QuotesOfOne).Select(Quote).ToList();
        return words.Count == 0 ? "" : $": {string.Join(", ", words)}";
    }

    private static string[] OfPublication(Publication publication, RecordSeen seen) =>
    [
        .. SortOf(seen) is { } sort ? [sort] : Array.Empty<string>(),
        .. publication.Journal is { Length: > 0 } journal ? [$"{OneLine.Of(journal, LongestQuote)}{(publication.Published is { } date ? $" {date.Year}" : "")}"] : Array.Empty<string>(),
    ];

    private static string[] OfTrial(Trial trial, bool isItself) =>
        isItself ? [Phases(trial.Phases), Status(trial.Status), .. trial.Sponsor is { Length: > 0 } sponsor ? [OneLine.Of(sponsor, LongestQuote)] : Array.Empty<string>()] : [$"of {trial.NctId}, {Phases(trial.Phases)}, {Status(trial.Status)}"];

    private static bool Has(RecordSeen seen, string flag) => seen.Judged?.Flags.Contains(flag, StringComparer.Ordinal) == true;
}
