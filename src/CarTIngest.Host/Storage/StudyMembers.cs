using CarTIngest.Records;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>Which records a queued study is made of now: those of the study in which the record stands that brought it in. And under which id people decide on it.</summary>
internal static class StudyMembers
{
    private const int AtOnce = 500;

    public static async Task<IReadOnlyDictionary<string, StudySeen>> OfAsync(StoreContext store, ScreeningState state, IReadOnlyList<(string Study, string By)> studies, CancellationToken cancellationToken)
    {
        var current = await StudyShelf.CurrentAsync(store, cancellationToken);
        var studiesOf = current.ToLookup(member => member.RecordId, member => member.Study);
        var queued = await store.Queue.AsNoTracking().OrderBy(row => row.Night).ThenBy(row => row.Study).Select(row => new { row.Study, row.By }).ToListAsync(cancellationToken);
        var joined = queued.ToLookup(row => JoinedStudy.NowOf(row.Study, row.By, studiesOf), row => row.Study);
        var recordsOf = current.ToLookup(member => member.Study, member => member.RecordId);
        var records = studies.ToDictionary(study => study.Study, study => RecordsOf(study.Study, study.By, studiesOf, recordsOf), StringComparer.Ordinal);
        var held = await HeldAsync(store, [.. records.Values.SelectMany(ids => ids).Distinct()], cancellationToken);
        return studies.ToDictionary(
            study => study.Study,
            study =>
            {
                var members = records[study.Study].Where(held.ContainsKey).Select(id => held[id]).ToList();
                var decided = joined[JoinedStudy.NowOf(study.Study, study.By, studiesOf)].ToList();
                var subject = new DecisionSubject(decided.Count > 0 ? JoinedStudy.IdOf(state, decided) : study.Study, [.. members.Select(record => record.Id)], members.Exists(record => record is Publication), members.Exists(record => record is Trial { HasResults: true }));
                return new StudySeen(subject, TitleOf(held.GetValueOrDefault(study.By)), members.OfType<Publication>().FirstOrDefault(paper => paper.Pmcid is not null)?.Pmcid);
            },
            StringComparer.Ordinal);
    }

    /// <summary>Before the first night matched anything a study is the record that brought it.</summary>
    internal static List<string> RecordsOf(string study, string by, ILookup<string, string> studiesOf, ILookup<string, string> recordsOf) =>
        [.. recordsOf[JoinedStudy.NowOf(study, by, studiesOf)].Append(by).Append(study).Distinct().Order(StringComparer.Ordinal)];

    internal static async Task<Dictionary<string, SourceRecord>> HeldAsync(StoreContext store, List<string> ids, CancellationToken cancellationToken)
    {
        var held = new Dictionary<string, SourceRecord>(StringComparer.Ordinal);
        foreach (var share in ids.Chunk(AtOnce))
        {
            foreach (var row in await store.Records.AsNoTracking().Where(record => share.Contains(record.Id)).Select(record => new { record.Id, record.Body }).ToListAsync(cancellationToken))
            {
                held[row.Id] = RecordJson.Read(row.Body);
            }
        }

        return held;
    }

    private static string TitleOf(SourceRecord? record) => record switch
    {
        Publication publication => publication.Title,
        Trial trial => trial.BriefTitle ?? trial.OfficialTitle ?? "",
        _ => "",
    };
}

/// <param name="Subject">Its id is the one under which people decide, which may be that of an earlier entry.</param>
/// <param name="Title">Of the record that brought it.</param>
/// <param name="Pmcid">Of the first of its papers that PubMed Central has in full.</param>
internal sealed record StudySeen(DecisionSubject Subject, string Title, string? Pmcid);
