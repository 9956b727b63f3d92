using CarTIngest.Eligibility;
using CarTIngest.Records;

namespace CarTIngest.Screening;

/// <summary>A study as a night sees it: judged, and with what came to it tonight.</summary>
/// <param name="Came">Nothing for most.</param>
public sealed record StudyTonight(JudgedStudy Study, IReadOnlyList<News> Came);

/// <summary>What one night brings to the queue.</summary>
/// <param name="Outside">All likely and possible studies that are held outside the queue, as they are now.</param>
public sealed record QueueNight(IReadOnlyList<QueueEntry> Entries, IReadOnlyList<StudyTask> Tasks, IReadOnlyList<QueueEntry> Outside)
{
    /// <summary>Likely and possible records of a study that enters, beside the one that brings it and what the team knew; in order of their ids.</summary>
    public IReadOnlyList<RecordId> Beside { get; init; } = [];
}

/// <summary>
/// The night's end for the queue: which studies enter, and which tasks those that were there before ask for. Pure, and the same whatever the order of studies and news. What enters tonight
/// asks for nothing more tonight, and the record that brought a study in is no news to it, but where one of them was retracted.
/// </summary>
public static class TonightsQueue
{
    /// <param name="studies">All that are judged, not only tonight's: what is held outside and the audit depend on the rest.</param>
    /// <param name="before">Those that entered before this run.</param>
    /// <param name="isOpen">Whether an equal task is open.</param>
    public static QueueNight Of(ScreeningState state, BaseReview? published, IReadOnlyList<StudyTonight> studies, IReadOnlyList<QueueEntry> before, DateOnly night, Func<StudyTask, bool> isOpen)
    {
        var inBase = published?.Records ?? new HashSet<RecordId>();
        var resultsCame = studies.Where(tonight => tonight.Came.Any(ArePostedResults)).Select(tonight => tonight.Study.Id).ToHashSet(StringComparer.Ordinal);
        var rules = new QueueRules(state, published?.Searched, inBase, night, resultsCame);
        var judged = studies.Select(tonight => tonight.Study).ToList();
        var studiesOf = judged.SelectMany(study => study.Records.Select(record => (Record: record.Id.Text, study.Id))).ToLookup(pair => pair.Record, pair => pair.Id, StringComparer.Ordinal);
        var entriesOf = before.ToLookup(entry => JoinedStudy.NowOf(entry.Study, entry.By.Text, studiesOf), StringComparer.Ordinal);
        var entered = before.SelectMany(entry => (string[])[entry.Study, entry.By.Text]).Concat(entriesOf.Select(entries => entries.Key)).ToHashSet(StringComparer.Ordinal);
        var entries = rules.Entries(judged, entered);
        var entering = entries.Select(entry => entry.Study).ToHashSet(StringComparer.Ordinal);
        var listed = published is null ? [] : PublishedStudy.Of(published, studiesOf);
        var news = studies.Where(tonight => tonight.Came.Count > 0)
            .Select(tonight => entering.Contains(tonight.Study.Id) ? FirstNewsOf(tonight) : NewsOf(state, inBase, listed, tonight, EntryOf(state, [.. entriesOf[tonight.Study.Id]]))).OfType<StudyNews>();
        var bringers = before.Concat(entries).Select(entry => entry.By).ToHashSet();
        var beside = judged.Where(study => entering.Contains(study.Id)).SelectMany(study => study.Records)
            .Where(record => record.Verdict != Verdict.Unlikely && !record.KnownBefore && !bringers.Contains(record.Id)).Select(record => record.Id).Distinct().Order();
        return new QueueNight(entries, TaskRules.Tasks(news, isOpen), rules.Outside(judged, entered)) { Beside = [.. beside] };
    }

    /// <summary>The one it entered by; after two studies became one, that under which people decide on it.</summary>
    private static QueueEntry? EntryOf(ScreeningState state, IReadOnlyList<QueueEntry> entries) =>
        entries.Count == 0 ? null : entries.First(entry => entry.Study == JoinedStudy.IdOf(state, entries.Select(each => each.Study)));

    private static bool ArePostedResults(News news) => news is RecordRevised revised && revised.Edits.Any(edit => edit is { Field: "hasResults", To: "true" });

    /// <summary>Of a study that enters tonight.</summary>
    private static StudyNews FirstNewsOf(StudyTonight tonight) =>
        new(tonight.Study.Id, StudyPosition.Open, HadReport: false, [.. tonight.Came.OfType<ReportCame>().Select(report => new FirstSeen(report.By, report.Now))]);

    /// <summary>Null for a study that is neither in the queue nor in the base review: nobody has looked at it, so nobody is asked to look again.</summary>
    private static StudyNews? NewsOf(ScreeningState state, IReadOnlySet<RecordId> inBase, IReadOnlyList<PublishedStudy> listed, StudyTonight tonight, QueueEntry? entry)
    {
        var published = listed.Where(study => study.Studies.Contains(tonight.Study.Id, StringComparer.Ordinal)).ToList();
        if (entry is null && published.Count == 0)
        {
            return null;
        }

        var came = tonight.Came.Select(news => news is ReportCame report && (news.By == entry?.By || inBase.Contains(news.By)) ? new FirstSeen(report.By, report.Now) : news).ToList();
        var arrived = tonight.Came.OfType<ReportCame>().Select(report => report.By).ToHashSet();
        var hadReport = published.Count > 0 || tonight.Study.Records.Any(record => record.Id.Source == "pubmed" && !arrived.Contains(record.Id));
        return new StudyNews(entry?.Study ?? tonight.Study.Id, PositionOf(state, entry, published), hadReport, came);
    }

    /// <param name="published">The studies of the base review that it is; seldom more than one.</param>
    private static StudyPosition PositionOf(ScreeningState state, QueueEntry? entry, IReadOnlyList<PublishedStudy> published)
    {
        var given = entry is null ? null : (state.ClassOf(entry.Study)?.Content() as Classed)?.Class;
        return (given ?? published.Select(study => (StudyClass?)study.ClassIn(state)).Min()) switch
        {
            StudyClass.Included => StudyPosition.Included,
            StudyClass.Excluded => StudyPosition.Excluded,
            not null => StudyPosition.WithoutResults,
            null when entry is not null && (IsExcluded(state, Stage.Title, entry.By.Text) || IsExcluded(state, Stage.Full, entry.Study)) => StudyPosition.Excluded,
            null => StudyPosition.Open,
        };
    }

    private static bool IsExcluded(ScreeningState state, Stage stage, string subject) => state.StandingOf(stage, subject).State == ItemState.Excluded;
}
