using CarTIngest.Eligibility;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>What the rulebook in force says of every record held, in its newest revision. Judging again what is judged changes nothing.</summary>
public static class JudgementBook
{
    private const int AtOnce = 200;

    /// <summary>Judges what was not judged last by this rulebook in its newest revision, one that is in force again after another included; records that their source deleted are left as they were judged.</summary>
    public static async Task<Judging> JudgeAsync(StoreContext store, Rulebook rulebook, long run, DateOnly night, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(rulebook);
        var unjudged = await store.Records
            .Where(record => record.Standing != Standing.Gone
                && store.Judgements.Where(judged => judged.RecordId == record.Id && judged.Revision == record.Revision).OrderByDescending(judged => judged.Id).Select(judged => judged.Rulebook).FirstOrDefault() != rulebook.Hash)
            .Select(record => record.Id).ToListAsync(cancellationToken);
        var moved = new List<MovedVerdict>();
        foreach (var share in unjudged.Order(StringComparer.Ordinal).Chunk(AtOnce))
        {
            var last = await LastAsync(store, share, cancellationToken);
            var records = await store.Records.AsNoTracking().Where(record => share.Contains(record.Id)).ToListAsync(cancellationToken);
            foreach (var record in records.OrderBy(record => record.Id, StringComparer.Ordinal))
            {
                var judgement = rulebook.Judge(RecordJson.Read(record.Body));
                store.Judgements.Add(new HeldJudgement
                {
                    RecordId = record.Id,
                    Revision = record.Revision,
                    Rulebook = rulebook.Hash,
                    Verdict = judgement.Verdict,
                    Body = JudgementJson.Write(judgement),
                    Night = night,
                    RunId = run,
                });
                if (last.TryGetValue(record.Id, out var before) && before != judgement.Verdict)
                {
                    moved.Add(new MovedVerdict(Holdings.IdOf(record.Id), before, judgement.Verdict));
                }
            }

            await store.SaveAndForgetAsync(cancellationToken);
        }

        return new Judging(unjudged.Count, moved);
    }

    /// <summary>The judgement in force of each record that has one: of its newest revision, by whichever rulebook judged it last.</summary>
    public static async Task<IReadOnlyDictionary<RecordId, Judgement>> InForceAsync(StoreContext store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var rows = await (from judged in store.Judgements
                          join record in store.Records on new { judged.RecordId, judged.Revision } equals new { RecordId = record.Id, record.Revision }
                          select new { judged.Id, judged.RecordId, judged.Body }).AsNoTracking().ToListAsync(cancellationToken);
        return rows.GroupBy(row => row.RecordId).ToDictionary(group => Holdings.IdOf(group.Key), group => JudgementJson.Read(group.MaxBy(row => row.Id)!.Body));
    }

    /// <summary>Their verdicts alone.</summary>
    public static async Task<IReadOnlyDictionary<RecordId, Verdict>> VerdictsAsync(StoreContext store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var rows = await (from judged in store.Judgements
                          join record in store.Records on new { judged.RecordId, judged.Revision } equals new { RecordId = record.Id, record.Revision }
                          select new { judged.Id, judged.RecordId, judged.Verdict }).AsNoTracking().ToListAsync(cancellationToken);
        return rows.GroupBy(row => row.RecordId).ToDictionary(group => Holdings.IdOf(group.Key), group => group.MaxBy(row => row.Id)!.Verdict);
    }

    private static async Task<Dictionary<string, Verdict>> LastAsync(StoreContext store, string[] records, CancellationToken cancellationToken) =>
        (await store.Judgements.AsNoTracking().Where(judged => records.Contains(judged.RecordId)).Select(judged => new { judged.RecordId, judged.Id, judged.Verdict }).ToListAsync(cancellationToken))
            .GroupBy(judged => judged.RecordId).ToDictionary(group => group.Key, group => group.MaxBy(judged => judged.Id)!.Verdict, StringComparer.Ordinal);
}

/// <param name="Judged">Records that were judged now.</param>
/// <param name="Moved">The verdicts that are other than that record's last one; a record judged for the first time has none.</param>
public sealed record Judging(int Judged, IReadOnlyList<MovedVerdict> Moved);

/// <param name="From">What the machine said before.</param>
public sealed record MovedVerdict(RecordId Id, Verdict From, Verdict To);
