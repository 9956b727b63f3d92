using CarTIngest.Records;
using CarTIngest.Screening;

namespace CarTIngest.Reporting.Digests;

/// <summary>One thing that cannot wait for a digest.</summary>
/// <param name="Kind">retraction, concern, results or stopped.</param>
/// <param name="Cause">Tells it from every other thing of its kind, whichever night tells it.</param>
public sealed record UrgentNews(string Kind, string Cause, RecordSeen Seen)
{
    /// <summary>What one changed field says of a study that people included or that is under way; null where it can wait.</summary>
    /// <param name="revision">Of the record, by the change.</param>
    public static UrgentNews? Of(FieldChange change, int revision, RecordSeen seen)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(seen);
        return change.Field switch
        {
            "status" when IsFollowed(seen) && StudyWords.IsStopped(change.To) => new("stopped", $"{change.Id}/{revision}", seen),
            "hasResults" when change.To == "true" && AwaitsResults(seen) => new("results", change.Id.Text, seen),
            "corrections" or "publicationTypes" when seen.Class == StudyClass.Included => OfNotice(Corrections.AddedBy(new FieldEdit(change.Field, change.From, change.To)), seen),
            _ => null,
        };
    }

    /// <summary>The same of a task: what a study shows when it is first seen, and a report of a trial without results.</summary>
    public static UrgentNews? Of(StudyTask task, RecordSeen seen)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(seen);
        return (task.Task, task.Because) switch
        {
            ("integrity", "retraction" or "concern") when seen.Class == StudyClass.Included => new(task.Because, task.By.Text, seen),
            ("results_available", _) when AwaitsResults(seen) => new("results", task.By.Text, seen),
            _ => null,
        };
    }

    /// <param name="held">Versions of the review that hold the study; empty where none does.</param>
    public Digest Told(IReadOnlyList<string> held)
    {
        ArgumentNullException.ThrowIfNull(held);
        var title = StudyWords.TitleOf(Seen.Record);
        var trial = Seen.Record as Trial;
        var (subject, opening, lines) = Kind switch
        {
            "retraction" => ($"Retracted: {title}", "A report of an included study was retracted.", (IReadOnlyList<DigestLine>)[NoticeWords.Line(Seen, Kind), Versions(held)]),
            "concern" => ($"Expression of concern: {title}", "There is an expression of concern on a report of an included study.", [NoticeWords.Line(Seen, Kind), Versions(held)]),
            "stopped" => (
                $"Stopped ({StudyWords.Status(trial?.Status)}): {title}",
                $"A trial that the review {(Seen.Class == StudyClass.Included ? "includes" : "follows")} was stopped.",
                [new("Status", StudyWords.Status(trial?.Status)), trial?.WhyStopped is { } why ? new("Why stopped, in the sponsor’s words", $"“{OneLine.Of(why)}”") : new("Why stopped", "the sponsor does not say.")]),
            _ => ($"Results: {title}", trial is null ? "A report of a trial that the review follows came." : "Results were posted for a trial that the review follows.", [new("We hold it as", Seen.Class is { } given ? Spelling.Of(given).Replace('_', ' ') : "not classed yet")]),
        };
        return new Digest(
            OneLine.Of(subject, 150),
            opening,
            [new DigestSection("What happened", [DigestComposer.Item(Seen, lines) with { Number = 1 }], [DigestLine.Of("No decision was touched: a task waits, and people say what follows.")])]);
    }

    private static DigestLine Versions(IReadOnlyList<string> held) => new("Held by", held.Count == 0 ? "no published version of the review." : $"{string.Join(", ", held)}.");

    private static UrgentNews? OfNotice(IEnumerable<TaskCause> causes, RecordSeen seen)
    {
        var added = causes.ToList();
        return added.Contains(TaskCause.Retraction) ? new("retraction", seen.Id.Text, seen) : added.Contains(TaskCause.Concern) ? new("concern", seen.Id.Text, seen) : null;
    }

    private static bool IsFollowed(RecordSeen seen) => seen.Class is StudyClass.Included or StudyClass.Ongoing;

    private static bool AwaitsResults(RecordSeen seen) => seen.Class is StudyClass.Included or StudyClass.Ongoing or StudyClass.CompletedWithoutResults or StudyClass.AwaitingClassification;
}
