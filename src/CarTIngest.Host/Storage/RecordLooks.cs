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
        var verdicts = await JudgementBook.VerdictsAsync(store, cancellationToken);
        var held = new HashSet<RecordId>();
        foreach (var share in ids.Select(id => id.Text).Chunk(AtOnce))
        {
            held.UnionWith((await store.Records.Where(record => share.Contains(record.Id)).Select(record => record.Id).ToListAsync(cancellationToken)).Select(Holdings.IdOf));
        }

        return ids.Distinct().ToDictionary(id => id, id => LookAt(id));

        RecordLook LookAt(RecordId id)
        {
            var study = classed[id].OrderBy(one => one.Class).FirstOrDefault();
            return new RecordLook(id, held.Contains(id) ? Holding.Held : Holding.NotHeld, verdicts.TryGetValue(id, out var verdict) ? verdict : null, study?.Class, study?.Id);
        }
    }
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
