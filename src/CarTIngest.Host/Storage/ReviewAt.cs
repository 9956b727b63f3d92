using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Reporting.Exports;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>
/// The review at the end of a day: which records made which studies, which of these were in the queue, and how far people were with them. Nights count by their date, people's decisions
/// by the UTC day on which they were made.
/// </summary>
internal sealed class ReviewAt
{
    private readonly ILookup<string, string> studiesOf;
    private readonly Dictionary<string, IReadOnlyList<RecordId>> recordsOf;
    private readonly Dictionary<string, StudyProgress> progress;

    private ReviewAt(ILookup<string, string> studiesOf, Dictionary<string, IReadOnlyList<RecordId>> recordsOf, Dictionary<string, StudyProgress> progress) =>
        (this.studiesOf, this.recordsOf, this.progress) = (studiesOf, recordsOf, progress);

    /// <param name="asOf">Null: now.</param>
    public static async Task<ReviewAt> ReadAsync(StoreContext store, Protocol protocol, DateOnly? asOf, CancellationToken cancellationToken)
    {
        var chain = await DecisionBook.ChainAsync(store, cancellationToken);
        var state = ScreeningState.Of(protocol, chain.Where(decision => asOf is null || DateOnly.FromDateTime(decision.At.UtcDateTime) <= asOf));
        var queued = await store.Queue.AsNoTracking().Where(row => asOf == null || row.Night <= asOf).OrderBy(row => row.Night).ThenBy(row => row.Study).ToListAsync(cancellationToken);
        var members = await MembersAsync(store, asOf, cancellationToken);
        var of = members.ToLookup(member => member.RecordId, member => member.Study, StringComparer.Ordinal);
        var records = members.ToLookup(member => member.Study, member => member.RecordId, StringComparer.Ordinal);

        // A study keeps the id under which it entered the queue: people's decisions are on that. Entries that are one study by now are one here.
        var entered = queued.GroupBy(row => JoinedStudy.NowOf(row.Study, row.By, of)).ToDictionary(
            rows => rows.Key,
            rows => new EnteredStudy(
                JoinedStudy.IdOf(state, rows.Select(row => row.Study)),
                JoinedStudy.TitleOf(state, rows.Select(row => row.By)),
                rows.First().Night,
                [.. rows.SelectMany(row => StudyMembers.RecordsOf(row.Study, row.By, of, records)).Distinct().Select(Holdings.IdOf).Order()]),
            StringComparer.Ordinal);
        var all = records.Where(study => !entered.ContainsKey(study.Key)).ToDictionary(study => study.Key, study => (IReadOnlyList<RecordId>)[.. study.Select(Holdings.IdOf).Order()], StringComparer.Ordinal);
        foreach (var study in entered.Values)
        {
            all[study.Id] = study.Records;
        }

        var studies = all.SelectMany(study => study.Value.Select(record => (Record: record.Text, Study: study.Key))).ToLookup(each => each.Record, each => each.Study, StringComparer.Ordinal);
        var progress = await ProgressAsync(store, state, [.. entered.Values], asOf, cancellationToken);
        if (await BaseShelf.InForceAsync(store, asOf, cancellationToken) is { } review)
        {
            Publish(PublishedStudy.Of(review, of), state, studies, all, progress);
        }

        return new ReviewAt(studies, all, progress);
    }

    /// <summary>All records of the studies of a set.</summary>
    public IEnumerable<RecordId> RecordsOf(ExportSet set) => progress.Where(study => IsIn(set, study.Value)).SelectMany(study => recordsOf[study.Key]).Distinct();

    /// <summary>The records of a set's studies that have several: what one of them says is told beside the others.</summary>
    public IEnumerable<RecordId> OfSeveral(ExportSet set) =>
        (set == ExportSet.All ? recordsOf.Keys : progress.Where(study => IsIn(set, study.Value)).Select(study => study.Key)).Select(MembersOf).Where(members => members.Count > 1).SelectMany(members => members).Distinct();

    /// <summary>The studies that a record is of, in the order of their ids; before a first night matched it, it is a study by itself.</summary>
    public IReadOnlyList<ExportedStudy> StudiesOf(RecordId record)
    {
        var ids = studiesOf[record.Text].Order(StringComparer.Ordinal).ToList();
        return [.. (ids.Count == 0 ? [record.Text] : ids).Select(study => new ExportedStudy(study, progress.GetValueOrDefault(study)))];
    }

    /// <summary>The records that a study is made of.</summary>
    public IReadOnlyList<RecordId> MembersOf(string study) => recordsOf.GetValueOrDefault(study, []);

    private static bool IsIn(ExportSet set, StudyProgress progress) => set switch
    {
        ExportSet.Queue => progress.Waits is not null,
        ExportSet.Included => progress.IsIncluded,
        ExportSet.Excluded => progress.IsExcluded,
        _ => true,
    };

    /// <summary>What the review had published is included until people say otherwise; a record that no night matched yet is a study by itself.</summary>
    private static void Publish(IEnumerable<PublishedStudy> published, ScreeningState state, ILookup<string, string> studiesOf, Dictionary<string, IReadOnlyList<RecordId>> recordsOf, Dictionary<string, StudyProgress> progress)
    {
        foreach (var (listed, record) in published.SelectMany(listed => listed.Listed.Records.Select(record => (listed, record))))
        {
            foreach (var study in studiesOf[record.Text].DefaultIfEmpty(record.Text))
            {
                recordsOf.TryAdd(study, [record]);
                progress[study] = progress.GetValueOrDefault(study)?.Or(listed.ProgressIn(state)) ?? listed.ProgressIn(state);
            }
        }
    }

    private static Task<List<StudyMember>> MembersAsync(StoreContext store, DateOnly? asOf, CancellationToken cancellationToken) =>
        asOf is null ? StudyShelf.CurrentAsync(store, cancellationToken)
            : store.Members.AsNoTracking()
                .Where(member => member.Night <= asOf && (member.UntilRunId == null || !store.Runs.Any(run => run.Id == member.UntilRunId && run.Night <= asOf))).ToListAsync(cancellationToken);

    private static async Task<Dictionary<string, StudyProgress>> ProgressAsync(StoreContext store, ScreeningState state, IReadOnlyList<EnteredStudy> entered, DateOnly? asOf, CancellationToken cancellationToken)
    {
        var held = new HashSet<RecordId>();
        var withResults = new HashSet<RecordId>();
        await foreach (var record in RecordExport.TheseAsync(store, entered.SelectMany(study => study.Records), asOf, cancellationToken))
        {
            held.Add(record.Record.Id);
            if (record.Record is Trial { HasResults: true })
            {
                withResults.Add(record.Record.Id);
            }
        }

        return entered.ToDictionary(study => study.Id, study => StudyProgress.Of(state, SubjectOf(study), study.By, study.Night), StringComparer.Ordinal);

        DecisionSubject SubjectOf(EnteredStudy study)
        {
            var members = study.Records.Where(held.Contains).ToList();
            return new DecisionSubject(study.Id, members, members.Exists(record => record.Source == "pubmed"), members.Exists(withResults.Contains));
        }
    }

    /// <param name="Id">Under which people decide on it.</param>
    /// <param name="By">The record by which it stands at the title stage.</param>
    private sealed record EnteredStudy(string Id, string By, DateOnly Night, IReadOnlyList<RecordId> Records);
}
