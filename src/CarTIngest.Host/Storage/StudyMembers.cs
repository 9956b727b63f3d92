using CarTIngest.Records;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>Which records a queued study is made of. Until studies are matched, a study is the record that brought it in, and its own id where that is a record's.</summary>
internal static class StudyMembers
{
    public static async Task<IReadOnlyDictionary<string, StudySeen>> OfAsync(StoreContext store, IReadOnlyList<(string Study, string By)> studies, CancellationToken cancellationToken)
    {
        var ids = studies.SelectMany(study => (string[])[study.Study, study.By]).Distinct().ToList();
        var held = new Dictionary<string, SourceRecord>(StringComparer.Ordinal);
        foreach (var share in ids.Chunk(500))
        {
            foreach (var row in await store.Records.AsNoTracking().Where(record => share.Contains(record.Id)).Select(record => new { record.Id, record.Body }).ToListAsync(cancellationToken))
            {
                held[row.Id] = RecordJson.Read(row.Body);
            }
        }

        return studies.ToDictionary(
            study => study.Study,
            study =>
            {
                var records = ((string[])[study.Study, study.By]).Distinct().Where(held.ContainsKey).Select(id => held[id]).ToList();
                var subject = new DecisionSubject(study.Study, [.. records.Select(record => record.Id)], records.Exists(record => record is Publication), records.Exists(record => record is Trial { HasResults: true }));
                return new StudySeen(subject, TitleOf(held.GetValueOrDefault(study.By)), records.OfType<Publication>().FirstOrDefault(paper => paper.Pmcid is not null)?.Pmcid);
            },
            StringComparer.Ordinal);
    }

    private static string TitleOf(SourceRecord? record) => record switch
    {
        Publication publication => publication.Title,
        Trial trial => trial.BriefTitle ?? trial.OfficialTitle ?? "",
        _ => "",
    };
}

/// <param name="Title">Of the record that brought it.</param>
/// <param name="Pmcid">Of the first of its papers that PubMed Central has in full.</param>
internal sealed record StudySeen(DecisionSubject Subject, string Title, string? Pmcid);
