using System.Globalization;
using CarTIngest.Eligibility;
using CarTIngest.Records;

namespace CarTIngest.Screening;

/// <summary>
/// What asks for another look at a study that is in the queue or decided, and for which. Nothing here touches a decision.
/// <para>
/// Cosmetic, and never a task: contacts, locations and countries; sponsor, collaborators and secondary ids; dates of start, completion and update; keywords, summary and description; journal,
/// pages, authors, indexing (MeSH, keywords, chemicals, status); a planned number of participants; a status that stays within a trial under way; and in every field
/// what <see cref="CosmeticEdit"/> calls so. Where such an edit moves the verdict, that is a task by itself.
/// </para>
/// </summary>
public static class TaskRules
{
    /// <summary>What people read to tell whether a study belongs.</summary>
    private static readonly string[] OfEligibility = ["conditions", "interventions", "eligibility", "studyType", "briefTitle", "officialTitle", "title", "abstract"];

    private static readonly string[] UnderWay = ["NOT_YET_RECRUITING", "RECRUITING", "ENROLLING_BY_INVITATION", "ACTIVE_NOT_RECRUITING", "AVAILABLE"];

    /// <summary>The tasks of one night's news, those that are open already left out.</summary>
    /// <param name="isOpen">Whether an equal task (study, task, because, by) is open.</param>
    /// <returns>In the order of study, task and cause; no two equal ones.</returns>
    public static IReadOnlyList<StudyTask> Tasks(IEnumerable<StudyNews> news, Func<StudyTask, bool> isOpen) =>
        [.. news.SelectMany(Asked).GroupBy(task => (task.Study, task.Task, task.Because, task.By))
            .Select(equal => new StudyTask(equal.Key.Study, equal.Key.Task, equal.Key.Because, equal.Key.By, [.. equal.SelectMany(task => task.Fields).Distinct().Order(StringComparer.Ordinal)]))
            .Where(task => !isOpen(task))
            .OrderBy(task => task.Study, StringComparer.Ordinal).ThenBy(task => task.Task).ThenBy(task => task.Because).ThenBy(task => task.By)];

    private static IEnumerable<StudyTask> Asked(StudyNews news) =>
        news.Came.SelectMany(came => AskedBy(news, came)
            .Where(asked => news.Position != StudyPosition.Excluded || asked.Task == TaskKind.ScreenAgain)
            .Select(asked => new StudyTask(news.Study, asked.Task, asked.Because, came.By, asked.Field is null ? [] : [asked.Field])));

    private static IEnumerable<Ask> AskedBy(StudyNews news, News came) => came switch
    {
        VerdictMoved moved => moved.From == moved.To ? [] : [new Ask(TaskKind.ScreenAgain, TaskCause.Verdict)],
        ReportCame report => OfReport(news, report),
        FirstSeen seen => OfFirst(seen),
        RecordRevised revised => revised.Edits.SelectMany(edit => OfEdit(news, edit, revised.Now)),
        _ => throw new ArgumentOutOfRangeException(nameof(came), came.GetType().Name, "No such news is known."),
    };

    private static IEnumerable<Ask> OfReport(StudyNews news, ReportCame report)
    {
        if (report.Verdict == Verdict.Unlikely)
        {
            yield break;
        }

        yield return new Ask(news.Position == StudyPosition.Excluded ? TaskKind.ScreenAgain : report.Now is Publication ? Results(news) : TaskKind.UpdateData, TaskCause.NewReport);
        foreach (var cause in report.Now is Publication publication ? Corrections.Of(publication) : [])
        {
            yield return new Ask(TaskKind.Integrity, cause);
        }
    }

    /// <summary>An erratum is read with the paper; a retraction or a concern would not be seen.</summary>
    private static IEnumerable<Ask> OfFirst(FirstSeen seen) =>
        seen.Now is Publication publication ? Corrections.Of(publication).Where(cause => cause != TaskCause.Erratum).Distinct().Select(cause => new Ask(TaskKind.Integrity, cause)) : [];

    /// <summary>A trial that has no results yet has some now; one that has is to be extracted again.</summary>
    private static TaskKind Results(StudyNews news) =>
        news.Position == StudyPosition.WithoutResults || (news.Position == StudyPosition.Open && !news.HadReport) ? TaskKind.ResultsAvailable : TaskKind.UpdateData;

    private static IEnumerable<Ask> OfEdit(StudyNews news, FieldEdit edit, SourceRecord now) => edit.Field switch
    {
        "corrections" or "publicationTypes" => Corrections.AddedBy(edit).Select(cause => new Ask(TaskKind.Integrity, cause, edit.Field)),
        "hasResults" => edit.To == "true" ? [new Ask(Results(news), TaskCause.ResultsPosted, edit.Field)] : [],
        "status" => now is Trial && !(IsUnderWay(edit.From) && IsUnderWay(edit.To)) ? [new Ask(TaskKind.UpdateData, TaskCause.Status, edit.Field)] : [],
        "enrollment.count" or "enrollment.type" => now is Trial { Enrollment: { Type: "ACTUAL", Count: not null } } ? [new Ask(TaskKind.UpdateData, TaskCause.Enrollment, edit.Field)] : [],
        _ when CosmeticEdit.Is(edit.From, edit.To) => [],
        "phases" => [new Ask(TaskKind.ScreenAgain, TaskCause.Phase, edit.Field)],
        "whyStopped" => edit.To is null ? [] : [new Ask(TaskKind.UpdateData, TaskCause.WhyStopped, edit.Field)],
        "primaryOutcomes" => [new Ask(TaskKind.UpdateData, TaskCause.PrimaryOutcome, edit.Field)],
        _ => OfEligibility.Contains(edit.Field, StringComparer.Ordinal) ? [new Ask(TaskKind.ScreenAgain, TaskCause.Verdict, edit.Field)] : [],
    };

    private static bool IsUnderWay(string? status) => UnderWay.Contains(status?.ToUpper(CultureInfo.InvariantCulture), StringComparer.Ordinal);

    private sealed record Ask(TaskKind Task, TaskCause Because, string? Field = null);
}
