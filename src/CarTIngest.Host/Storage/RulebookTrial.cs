using CarTIngest.Eligibility;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>What another rulebook would change over all that is held. Writes nothing.</summary>
public sealed class RulebookTrial(StoreFactory stores)
{
    private const int AtOnce = 200;

    public async Task<TriedRulebook> TryAsync(Rulebook other, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(other);
        await using var store = stores.Open();
        var inForce = await store.Rulebooks.AsNoTracking().OrderByDescending(row => row.Id).Select(row => row.Hash).FirstOrDefaultAsync(cancellationToken);
        var now = await JudgementBook.VerdictsAsync(store, cancellationToken);
        var ids = await store.Records.Where(record => record.Standing != Standing.Gone).Select(record => record.Id).ToListAsync(cancellationToken);
        var moved = new List<MovedVerdict>();
        var tried = 0;
        var unjudged = 0;
        foreach (var share in ids.Order(StringComparer.Ordinal).Chunk(AtOnce))
        {
            var bodies = await store.Records.AsNoTracking().Where(record => share.Contains(record.Id)).Select(record => record.Body).ToListAsync(cancellationToken);
            foreach (var record in bodies.Select(RecordJson.Read).OrderBy(record => record.Id))
            {
                if (!now.TryGetValue(record.Id, out var before))
                {
                    unjudged++;
                    continue;
                }

                tried++;
                if (other.Judge(record).Verdict is var verdict && verdict != before)
                {
                    moved.Add(new MovedVerdict(record.Id, before, verdict));
                }
            }
        }

        return new TriedRulebook(inForce, other.Hash, tried, unjudged, moved);
    }
}

/// <param name="InForce">The hash of the one that judges now; null before any did.</param>
/// <param name="Tried">Records that both judged.</param>
/// <param name="Unjudged">Records that no night has judged yet in their newest revision, so that there is nothing to compare with.</param>
public sealed record TriedRulebook(string? InForce, string Other, int Tried, int Unjudged, IReadOnlyList<MovedVerdict> Moved)
{
    /// <summary>Records that people would see, and do not now.</summary>
    public int Gained => Moved.Count(moved => moved.From == Verdict.Unlikely);

    /// <summary>Records that people would not see any more.</summary>
    public int Lost => Moved.Count(moved => moved.To == Verdict.Unlikely);
}
