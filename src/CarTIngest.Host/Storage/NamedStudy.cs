using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>The study that people mean by a name: its id when it entered or of now, the record that brought it, or any record of it; the same for a study of the base review, which is in no queue.</summary>
internal static class NamedStudy
{
    /// <returns>Null when the name is of no study that people decide on.</returns>
    /// <exception cref="DecisionRefusedException">It is of several.</exception>
    public static async Task<FoundStudy?> FindAsync(StoreContext store, ScreeningState state, string named, CancellationToken cancellationToken)
    {
        var id = IdOf(named);
        var queued = await store.Queue.AsNoTracking().OrderBy(row => row.Night).ThenBy(row => row.Study).ToListAsync(cancellationToken);
        if ((queued.Find(row => row.Study == id) ?? queued.Find(row => row.By == id)) is { } entry)
        {
            return await QueuedAsync(store, state, [entry], cancellationToken);
        }

        var studiesOf = await StudiesOfAsync(store, cancellationToken);
        var entered = queued.ToLookup(row => JoinedStudy.NowOf(row.Study, row.By, studiesOf), StringComparer.Ordinal);
        var published = await BaseShelf.InForceAsync(store, cancellationToken) is { } review ? PublishedStudy.Of(review, studiesOf) : [];
        if (published.FirstOrDefault(study => study.Names.Contains(id, StringComparer.Ordinal)) is { } listed)
        {
            return await PublishedAsync(store, listed, cancellationToken);
        }

        var meant = entered.Contains(id) ? [id] : studiesOf[id].Append(id).Distinct().ToList();
        var joined = meant.Where(entered.Contains).ToList();
        // One that is in the queue too is decided on there.
        var others = published.Where(study => !study.Studies.Intersect(joined).Any() && (study.Studies.Intersect(meant).Any() || study.Listed.Records.Any(record => record.Text == id))).ToList();
        return (joined, others) switch
        {
            ([], []) => null,
            ([var one], []) => await QueuedAsync(store, state, [.. entered[one]], cancellationToken),
            ([], [var one]) => await PublishedAsync(store, one, cancellationToken),
            _ => throw Several(id, [.. joined, .. others.Select(study => study.Id)]),
        };
    }

    /// <summary>The open task that is to be settled, on the study of that name. Its own study is the one under which it is settled, whatever that is called now.</summary>
    /// <returns>Null when none is open.</returns>
    /// <exception cref="DecisionRefusedException">Several studies of that name have one.</exception>
    public static async Task<AskedTask?> TaskAsync(StoreContext store, ScreeningState state, string named, TaskSettled asked, CancellationToken cancellationToken)
    {
        var (id, by) = (IdOf(named), asked.By.Text);
        var rows = await store.Tasks.AsNoTracking().Where(row => row.Night == asked.Night && row.By == by && row.Task == asked.Task && row.Because == asked.Because).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        var open = rows.Where(row => !state.IsSettled(QueueBook.TaskOf(row), row.Night)).ToList();
        if (open.Find(row => row.Study == id) is { } exact)
        {
            return exact;
        }

        var studiesOf = await StudiesOfAsync(store, cancellationToken);
        var broughtBy = await store.Queue.AsNoTracking().ToDictionaryAsync(row => row.Study, row => row.By, StringComparer.Ordinal, cancellationToken);
        var meant = studiesOf[id].Append(id).ToHashSet(StringComparer.Ordinal);
        var found = open.Where(row => NowOf(row.Study).Any(meant.Contains)).ToList();
        return found switch
        {
            [] => null,
            [var one] => one,
            _ => throw Several(id, [.. found.Select(row => row.Study)]),
        };

        // A study's id is that of a record, also where the study has another one now.
        IEnumerable<string> NowOf(string study) => broughtBy.TryGetValue(study, out var brought) ? [JoinedStudy.NowOf(study, brought, studiesOf)] : studiesOf[study].DefaultIfEmpty(study);
    }

    /// <param name="rows">Entries that are one study now, in the order in which they entered.</param>
    private static async Task<FoundStudy> QueuedAsync(StoreContext store, ScreeningState state, IReadOnlyList<QueuedStudy> rows, CancellationToken cancellationToken)
    {
        var by = JoinedStudy.TitleOf(state, rows.Select(row => row.By));
        var row = rows.First(row => row.By == by);
        return new FoundStudy(by, (await StudyMembers.OfAsync(store, state, [(row.Study, by)], cancellationToken))[row.Study].Subject);
    }

    private static async Task<FoundStudy> PublishedAsync(StoreContext store, PublishedStudy study, CancellationToken cancellationToken)
    {
        var current = await StudyShelf.CurrentAsync(store, cancellationToken);
        var matched = current.Where(member => study.Studies.Contains(member.Study, StringComparer.Ordinal)).Select(member => member.RecordId);
        List<RecordId> members = [.. study.Listed.Records.Concat(matched.Select(Holdings.IdOf)).Distinct().Order()];
        var held = await StudyMembers.HeldAsync(store, [.. members.Select(record => record.Text)], cancellationToken);
        return new FoundStudy(
            study.Id,
            new DecisionSubject(study.Id, members, members.Exists(record => record.Source == "pubmed"), held.Values.Any(record => record is Trial { HasResults: true })) { IsPublished = true });
    }

    private static async Task<ILookup<string, string>> StudiesOfAsync(StoreContext store, CancellationToken cancellationToken) =>
        (await StudyShelf.CurrentAsync(store, cancellationToken)).ToLookup(member => member.RecordId, member => member.Study, StringComparer.Ordinal);

    private static string IdOf(string named) => RecordId.TryParse(named, out var record) ? record.Text : named.Trim();

    private static DecisionRefusedException Several(string id, IReadOnlyList<string> studies) => new($"{id} is of several studies: {string.Join(", ", studies)}. Name the one that is meant.");
}
