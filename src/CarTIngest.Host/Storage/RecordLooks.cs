using CarTIngest.Eligibility;
using CarTIngest.Records;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>What is known of some records: whether they are held, what the machine says of them and what people do.</summary>
public sealed class RecordLooks(StoreFactory stores, Protocol protocol)
{
    private const int AtOnce = 500;

    /// <summary>One look for each id, held or not.</summary>
    public async Task<IReadOnlyDictionary<RecordId, RecordLook>> AtAsync(IReadOnlyList<RecordId> ids, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var classed = (await ClassedStudies.OfAsync(store, await DecisionBook.StateAsync(store, protocol, cancellationToken), cancellationToken))
            .SelectMany(study => study.Records.Select(record => (record, study))).ToLookup(pair => pair.record, pair => pair.study);
        var verdicts = new Dictionary<RecordId, Verdict?>();
        foreach (var share in ids.Select(id => id.Text).Chunk(AtOnce))
        {
            var held = await store.Records.AsNoTracking().Where(record => share.Contains(record.Id)).Select(record => new { record.Id, record.Revision }).ToListAsync(cancellationToken);
            var judged = (await store.Judgements.AsNoTracking().Where(row => share.Contains(row.RecordId)).OrderBy(row => row.Id).Select(row => new { row.RecordId, row.Revision, row.Verdict }).ToListAsync(cancellationToken)).ToLookup(row => row.RecordId);
            foreach (var record in held)
            {
                verdicts[Holdings.IdOf(record.Id)] = judged[record.Id].LastOrDefault(row => row.Revision == record.Revision)?.Verdict;
            }
        }

        return ids.Distinct().ToDictionary(id => id, id => LookAt(id, verdicts.ContainsKey(id), verdicts.GetValueOrDefault(id), classed[id].OrderBy(study => study.Class).FirstOrDefault()));
    }

    private static RecordLook LookAt(RecordId id, bool held, Verdict? verdict, ClassedStudy? study) => new(id, held ? Holding.Held : Holding.NotHeld, verdict, study?.Class, study?.Id);
}

/// <summary>Whether a record is in the store.</summary>
public enum Holding
{
    NotHeld = 0,
    Held = 1,
}

/// <param name="Verdict">Null where it is not held, or not judged yet.</param>
/// <param name="Class">Of its study; null where people gave none.</param>
public sealed record RecordLook(RecordId Id, Holding Holding, Verdict? Verdict, StudyClass? Class, string? Study);
