using CarTIngest.Eligibility;
using CarTIngest.Host.Storage;
using CarTIngest.Matching;
using CarTIngest.Records;
using CarTIngest.Reporting.Digests;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Alerts;

/// <summary>Records as mails show them, of studies that people have before them: in the queue, or published. What people excluded is left out.</summary>
internal static class SeenRecords
{
    private const int AtOnce = 500;

    /// <param name="relations">How they are linked, found where that is wanted: it costs more than the rest.</param>
    public static async Task<IReadOnlyDictionary<RecordId, RecordSeen>> OfAsync(
        StoreContext store, ScreeningState state, IReadOnlyCollection<RecordId> ids, Func<IReadOnlyCollection<RecordId>, Task<SeenRelations>> relations, CancellationToken cancellationToken)
    {
        var members = await StudyShelf.CurrentAsync(store, cancellationToken);
        var studiesOf = members.ToLookup(member => member.RecordId, member => member.Study, StringComparer.Ordinal);
        var followed = await FollowedAsync(store, state, studiesOf, cancellationToken);
        var classed = (await ClassedStudies.OfAsync(store, state, cancellationToken)).SelectMany(study => study.Records.Select(record => (record, study))).ToLookup(each => each.record, each => each.study);
        var meant = ids.Select(id => (Id: id, Study: StudyOf(id))).Where(each => each.Study is not null).ToDictionary(each => each.Id, each => each.Study!);
        var companions = meant.Keys.SelectMany(id => studiesOf[id.Text]).ToHashSet(StringComparer.Ordinal);
        var trialsOf = members.Where(member => companions.Contains(member.Study) && Holdings.IdOf(member.RecordId).Source == "clinicaltrials").ToLookup(member => member.Study, member => member.RecordId, StringComparer.Ordinal);
        var held = await StudyMembers.HeldAsync(store, [.. meant.Keys.Select(id => id.Text).Concat(trialsOf.SelectMany(trials => trials)).Distinct(StringComparer.Ordinal)], cancellationToken);
        var judged = await JudgedAsync(store, [.. meant.Keys.Select(id => id.Text)], cancellationToken);
        var related = await relations(meant.Keys);
        return meant.Where(each => held.ContainsKey(each.Key.Text)).ToDictionary(each => each.Key, each => new RecordSeen(
            held[each.Key.Text],
            each.Value.Id,
            each.Value.Class,
            related.Kinds.TryGetValue(each.Key, out var kind) ? kind : null,
            judged.GetValueOrDefault(each.Key.Text),
            [.. studiesOf[each.Key.Text].SelectMany(study => trialsOf[study]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(id => held.GetValueOrDefault(id)).OfType<Trial>()],
            related.Links(each.Key),
            related.Cautions(each.Key)));

        // A paper may report several studies: an excluded one does not hide another, and the gravest class decides what is told at once.
        SeenStudy? StudyOf(RecordId id)
        {
            if (classed[id].Where(study => study.Class != StudyClass.Excluded).MinBy(study => study.Class) is { } known)
            {
                return new SeenStudy(known.Id, known.Class);
            }

            var excluded = classed[id].Select(study => study.Id).ToHashSet(StringComparer.Ordinal);
            return studiesOf[id.Text].Append(id.Text).Select(study => followed.GetValueOrDefault(study)).FirstOrDefault(entry => entry is not null && !excluded.Contains(entry)) is { } open ? new SeenStudy(open, null) : null;
        }
    }

    /// <summary>The studies that entered the queue and were not voted out of it, by the id that each bears now.</summary>
    private static async Task<Dictionary<string, string>> FollowedAsync(StoreContext store, ScreeningState state, ILookup<string, string> studiesOf, CancellationToken cancellationToken)
    {
        var followed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in await store.Queue.AsNoTracking().OrderBy(row => row.Night).ThenBy(row => row.Study).ToListAsync(cancellationToken))
        {
            if (state.StandingOf(Stage.Title, row.By).State != ItemState.Excluded && state.StandingOf(Stage.Full, row.Study).State != ItemState.Excluded)
            {
                followed.TryAdd(JoinedStudy.NowOf(row.Study, row.By, studiesOf), row.Study);
            }
        }

        return followed;
    }

    private static async Task<Dictionary<string, Judgement>> JudgedAsync(StoreContext store, List<string> ids, CancellationToken cancellationToken)
    {
        var judged = new Dictionary<string, Judgement>(StringComparer.Ordinal);
        foreach (var share in ids.Chunk(AtOnce))
        {
            var rows = await (from judgement in store.Judgements
                              join record in store.Records on new { judgement.RecordId, judgement.Revision } equals new { RecordId = record.Id, record.Revision }
                              where share.Contains(record.Id)
                              orderby judgement.Id
                              select new { judgement.RecordId, judgement.Body }).AsNoTracking().ToListAsync(cancellationToken);
            rows.ForEach(row => judged[row.RecordId] = JudgementJson.Read(row.Body));
        }

        return judged;
    }

    private sealed record SeenStudy(string Id, StudyClass? Class);
}

/// <summary>What matching says of some records.</summary>
/// <param name="Kinds">Of publications.</param>
internal sealed record SeenRelations(IReadOnlyDictionary<RecordId, ReportKind> Kinds, ILookup<RecordId, string> Linked, ILookup<RecordId, string> Warned)
{
    public static SeenRelations None { get; } = new(new Dictionary<RecordId, ReportKind>(), Array.Empty<(RecordId, string)>().ToLookup(each => each.Item1, each => each.Item2), Array.Empty<(RecordId, string)>().ToLookup(each => each.Item1, each => each.Item2));

    public IReadOnlyList<string> Links(RecordId id) => [.. Linked[id]];

    public IReadOnlyList<string> Cautions(RecordId id) => [.. Warned[id]];
}
