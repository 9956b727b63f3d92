using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>What sort of report a publication is.</summary>
public enum ReportKind
{
    Paper = 0,
    Letter = 1,
    MeetingAbstract = 2,
    Preprint = 3,

    /// <summary>An erratum, a retraction, a comment, a reply: speaks of a report, and reports no patients of its own.</summary>
    Notice = 4,
}

/// <summary>
/// One trial: its registrations, in whatever registries, and its reports. A registration and its paper are two records of one study, never duplicates.
/// A pooled paper is a report of each study that it pools. Publications without a registration form a study of their own.
/// </summary>
/// <param name="Id">The lowest registration, else the lowest of the publications that make the study: it changes when a registration comes to a study that had none.</param>
/// <param name="Registrations">In order of their ids.</param>
/// <param name="Reports">In order of their ids.</param>
public sealed record Study(RecordId Id, IReadOnlyList<StudyRegistration> Registrations, IReadOnlyList<StudyReport> Reports)
{
    public IEnumerable<RecordId> Records => Registrations.Select(registration => registration.Id).Concat(Reports.Select(report => report.Id));
}

/// <param name="ResultsPosted">The registry holds results: a report in itself.</param>
/// <param name="Because">The links with the study's other registrations; empty where it is the only one.</param>
public sealed record StudyRegistration(RecordId Id, bool ResultsPosted, IReadOnlyList<Link> Because);

/// <param name="Numbers">Registry numbers that brought it here though no registration held carries them.</param>
/// <param name="Because">The links with the study's registrations and other reports, strongest first.</param>
public sealed record StudyReport(RecordId Id, ReportKind Kind, IReadOnlyList<LinkClue> Numbers, IReadOnlyList<Link> Because);

/// <summary>All studies, and the proposals that a person may still rule on.</summary>
public sealed record StudySet(IReadOnlyList<Study> Studies, IReadOnlyList<Proposal> Proposals);
