using CarTIngest.Eligibility;
using CarTIngest.Matching;
using CarTIngest.Records;
using CarTIngest.Screening;

namespace CarTIngest.Reporting.Digests;

/// <summary>
/// What a person is told of some nights, in this order: results for a trial we track; new registrations and reports; changes in what we hold, retractions and concerns before others;
/// what waits for the reader; did the search work, and which included reports it does not find any more.
/// Pure: the same material gives the same words. Never another's vote.
/// </summary>
public static class DigestComposer
{
    /// <summary>Entries written out in full under one heading; of the rest it is said how many there are.</summary>
    public const int Most = 25;

    private const int MostLinks = 2;

    private const string Queue = "cartingest queue";
    private const string Tasks = "cartingest queue --tasks";
    private const string Searches = "Did the search work?";

    private static readonly string[] Notices = ["retraction", "concern", "erratum"];

    /// <returns>Null when these nights hold nothing to tell this reader.</returns>
    public static Digest? Of(DigestMaterial material, DigestReader reader)
    {
        ArgumentNullException.ThrowIfNull(material);
        ArgumentNullException.ThrowIfNull(reader);
        var tasks = material.Nights.SelectMany(night => night.Tasks).Where(task => material.Seen.ContainsKey(task.By)).ToList();
        var results = Results(material, tasks);
        var shown = results.Select(result => result.Id).ToHashSet();
        var added = Added(material).Where(seen => !shown.Contains(seen.Id)).ToList();
        var changes = Changes(material, tasks, shown);
        var losses = reader.KeepsSearches ? material.Nights.Sum(night => night.Watch.Count(loss => loss.Until is null)) : 0;
        var found = reader.KeepsSearches ? material.Nights.Sum(night => night.Watch.Count) - losses : 0;
        if (results.Count + added.Count + changes.Count + losses + found == 0)
        {
            return null;
        }

        List<DigestSection> sections =
        [
            Listed("Results for trials we track", results.Select(seen => Item(seen, ResultLines(seen))), reader, Tasks),
            Listed("New registrations and reports", added.Select(seen => Item(seen, NewLines(seen))), reader, Queue, "lists their studies"),
            Listed("Retractions and concerns", Told(changes.Where(change => change.Kind == ChangeKind.Notice)), reader, Tasks),
            Listed("Changes in trials and reports we hold", Told(changes.Where(change => change.Kind != ChangeKind.Notice)), reader, null),
            new("What waits for you", [], Waits(reader)),
            Lost(material, reader),
            Searched(material, reader),
        ];
        return new Digest(
            DigestSubject.Of(results, added, changes, losses, found),
            Opening(material),
            [.. sections.Where(section => !section.IsEmpty)]);
    }

    /// <summary>That the service is there, to who would otherwise hear nothing for a week. It says that nothing is new only where that is so.</summary>
    public static Digest Alive(DigestMaterial material, DigestReader reader)
    {
        ArgumentNullException.ThrowIfNull(material);
        ArgumentNullException.ThrowIfNull(reader);
        List<DigestSection> sections =
        [
            new("What waits for you", [], Waits(reader)),
            Lost(material, reader),
            material.Nights.Count == 0 ? new(Searches, [], [DigestLine.Of($"No search has ended since the last mail.{(reader.HasCommands ? " `cartingest doctor` says why." : "")}")]) : Searched(material, reader),
        ];
        return new Digest(
            material.Nights.Count == 0 ? "No search has ended for a week" : Of(material, reader) is null ? "The searches run; nothing new to tell you this week" : "The searches run",
            material.Nights.Count == 0 ? "CarTIngest runs and can write to you, but no search has ended since its last mail." : $"CarTIngest runs and can write to you. {Opening(material)}",
            [.. sections.Where(section => !section.IsEmpty)]);
    }

    internal static DigestItem Item(RecordSeen seen, IReadOnlyList<DigestLine> lines) =>
        new(0, StudyWords.TitleOf(seen.Record), StudyWords.FactsOf(seen), lines, StudyLinks.Of(seen.Id));

    private static List<RecordSeen> Results(DigestMaterial material, List<StudyTask> tasks) =>
        [.. tasks.Where(task => task.Task == "results_available" || task.Because == "results_posted").Select(task => material.Seen[task.By]).DistinctBy(seen => seen.Id).OrderBy(seen => seen.Id)];

    /// <summary>What opened a study, the likely first; then what entered with it, new reports of studies that were there, and what is not unlikely any more. A notice is told where it is about, below.</summary>
    private static List<RecordSeen> Added(DigestMaterial material) =>
    [
        .. material.Nights.SelectMany(night => night.Likely).Order()
            .Concat(material.Nights.SelectMany(night => night.Possible).Order())
            .Concat(ReportsOf(material.Nights).Where(id => !material.ToldBefore.Contains(id)))
            .Concat(RejudgedIn(material.Nights).Where(id => !material.ToldBefore.Contains(id) && material.Seen.TryGetValue(id, out var seen) && seen.Judged is { Verdict: not Verdict.Unlikely }))
            .Distinct().Where(material.Seen.ContainsKey).Select(id => material.Seen[id]).Where(seen => seen.Kind != ReportKind.Notice),
    ];

    /// <summary>What entered with a study, then what came to one that was there; each in the order of the ids.</summary>
    public static IEnumerable<RecordId> ReportsOf(IReadOnlyList<NightReport> nights) => nights.SelectMany(night => night.Beside).Order().Concat(ByTasks(nights, "new_report"));

    /// <summary>What asks to be screened again for its verdict, in the order of the ids.</summary>
    public static IEnumerable<RecordId> RejudgedIn(IReadOnlyList<NightReport> nights) => ByTasks(nights, "verdict");

    private static IEnumerable<RecordId> ByTasks(IReadOnlyList<NightReport> nights, string because) =>
        nights.SelectMany(night => night.Tasks).Where(task => task.Because == because).Select(task => task.By).Order();

    /// <param name="shown">As results, above.</param>
    private static List<ChangedRecord> Changes(DigestMaterial material, List<StudyTask> tasks, HashSet<RecordId> shown)
    {
        var changes = material.Nights.SelectMany(night => night.Changes).Where(change => change.Id.Source == "clinicaltrials").ToLookup(change => change.Id);
        var joined = ReportsOf(material.Nights).Where(id => material.ToldBefore.Contains(id) && !shown.Contains(id)).ToHashSet();
        var notices = tasks.Where(task => task.Task == "integrity" && Notices.Contains(task.Because, StringComparer.Ordinal)).ToLookup(task => task.By);
        return
        [
            .. material.Seen.Values.OrderBy(seen => notices[seen.Id].Any() ? 0 : 1).ThenBy(seen => seen.Id)
                .Select(seen => Changed(seen, [.. notices[seen.Id].Select(task => task.Because).Distinct()], [.. changes[seen.Id]], joined.Contains(seen.Id) && seen.Kind != ReportKind.Notice))
                .Where(changed => changed.Lines.Count > 0),
        ];
    }

    /// <summary>Of one kind each, the gravest, so that a record is counted once.</summary>
    private static ChangedRecord Changed(RecordSeen seen, IReadOnlyList<string> notices, IReadOnlyList<FieldChange> changes, bool isJoined)
    {
        var lines = ChangeLines.Of(changes);
        var kind = notices.Any(because => because != "erratum") ? ChangeKind.Notice
            : ChangeLines.IsStop(changes) ? ChangeKind.Stop
            : notices.Count > 0 ? ChangeKind.Erratum
            : lines.Count > 0 || !isJoined ? ChangeKind.Other
            : ChangeKind.Joined;
        return new ChangedRecord(seen, kind, [.. notices.Select(because => NoticeWords.Line(seen, because)), .. lines, .. isJoined ? JoinedLines(seen) : Array.Empty<DigestLine>()]);
    }

    private static IReadOnlyList<DigestLine> JoinedLines(RecordSeen seen) =>
        seen.Links.Count == 0 ? [new("Joined", "it belongs to another study that we follow.")] : [.. seen.Links.Take(MostLinks).Select(link => new DigestLine("Joined", link))];

    private static IEnumerable<DigestItem> Told(IEnumerable<ChangedRecord> changes) => changes.Select(change => Item(change.Seen, change.Lines));

    private static DigestSection Lost(DigestMaterial material, DigestReader reader) => new("Lost by the searches", [], reader.KeepsSearches ? [.. SearchLines.Losses(material)] : []);

    private static DigestSection Searched(DigestMaterial material, DigestReader reader) =>
        new(Searches, [], [.. SearchLines.Of(material, reader), DigestLine.Of("This checks records that match our searches; it cannot speak for others.")]);

    private static IReadOnlyList<DigestLine> ResultLines(RecordSeen seen) =>
    [
        new("Results", seen.Record is Trial ? "posted at ClinicalTrials.gov." : $"a report{(seen.Trials.Count > 0 ? $" of {string.Join(", ", seen.Trials.Select(trial => trial.NctId))}" : "")} came."),
        .. seen.Record is Publication ? NewLines(seen) : Array.Empty<DigestLine>(),
    ];

    private static IReadOnlyList<DigestLine> NewLines(RecordSeen seen) =>
    [
        .. seen.Links.Take(MostLinks).Select(link => new DigestLine("Why linked", link)),
        .. seen.Judged is { } judged ? [new DigestLine($"Why flagged as {Spelling.Of(judged.Verdict)}", StudyWords.WhyOf(judged))] : Array.Empty<DigestLine>(),
        .. seen.Cautions.Take(MostLinks).Select(caution => new DigestLine("Caution, patients may overlap", caution)),
    ];

    private static IReadOnlyList<DigestLine> Waits(DigestReader reader)
    {
        string[] parts =
        [
            .. Part(reader.Waits.Titles, "title to screen", "titles to screen"),
            .. Part(reader.Waits.FullTexts, "study to read in full", "studies to read in full"),
            .. Part(reader.Waits.Unsettled, "disagreement to settle", "disagreements to settle"),
            .. Part(reader.Waits.Tasks, "task on a study already in the review", "tasks on studies already in the review"),
        ];
        return !reader.Screens ? []
            : parts.Length == 0 ? [DigestLine.Of("Nothing.")]
            : [DigestLine.Of($"{string.Join(", ", parts)}. {(!reader.HasCommands ? SearchLines.ByOperator : reader.Waits.Tasks > 0 ? $"`{Queue}` lists them, `{Tasks}` the tasks." : $"`{Queue}` lists them.")}")];
    }

    private static string[] Part(int count, string one, string many) => count == 0 ? [] : [Counted.Of(count, one, many)];

    /// <param name="command">That lists them all; null where none does.</param>
    /// <param name="does">What it does for those that are not written out.</param>
    private static DigestSection Listed(string title, IEnumerable<DigestItem> items, DigestReader reader, string? command, string does = "lists them all")
    {
        var all = items.ToList();
        return new DigestSection(
            all.Count > 0 ? $"{title} ({all.Count})" : title,
            [.. all.Take(Most).Select((item, at) => item with { Number = at + 1 })],
            all.Count > Most ? [DigestLine.Of($"And {SearchLines.Number(all.Count - Most)} more.{(command is null ? "" : reader.HasCommands ? $" `{command}` {does}." : $" {SearchLines.ByOperator}")}")] : []);
    }

    private static string Opening(DigestMaterial material)
    {
        var nights = material.Nights.Select(night => night.Night).Distinct().Order().ToList();
        return nights.Count == 1 ? $"The night of {SearchLines.Day(nights[0])}." : $"{nights.Count} nights, {SearchLines.Day(nights[0])} to {SearchLines.Day(nights[^1])}.";
    }
}

/// <param name="Lines">What changed; none where nothing did that is of interest.</param>
internal sealed record ChangedRecord(RecordSeen Seen, ChangeKind Kind, IReadOnlyList<DigestLine> Lines);

internal enum ChangeKind
{
    /// <summary>A retraction or an expression of concern.</summary>
    Notice,

    /// <summary>A trial that was terminated, withdrawn or suspended, whether or not the sponsor says why.</summary>
    Stop,

    Erratum,

    Other,

    /// <summary>Nothing in it changed, but it turned out to belong to another study.</summary>
    Joined,
}
