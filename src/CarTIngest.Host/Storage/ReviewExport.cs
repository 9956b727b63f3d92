using System.Runtime.CompilerServices;
using CarTIngest.Eligibility;
using CarTIngest.Reporting.Exports;
using CarTIngest.Screening;

namespace CarTIngest.Host.Storage;

/// <summary>Records with what the review makes of them, in the order of ids, one at a time.</summary>
public sealed class ReviewExport(StoreFactory stores, RecordExport records)
{
    /// <param name="protocol">By which votes are counted. It and the rulebook are read only where they are needed: whoever wants all that is held gets it with a broken one too.</param>
    /// <param name="offered">The review folder's rulebook. Facts are read by the one in force, which it is unless it waits for adoption.</param>
    public async IAsyncEnumerable<ExportRow> ReadAsync(ExportWish wish, Func<Protocol> protocol, Func<Rulebook> offered, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (wish is { Set: ExportSet.All, Needs: ExportNeeds.Records })
        {
            await foreach (var record in records.AllAsync(wish.AsOf, cancellationToken))
            {
                yield return new ExportRow(record, null);
            }

            yield break;
        }

        var rules = protocol();
        await using var store = stores.Open();
        var review = await ReviewAt.ReadAsync(store, rules, wish.AsOf, cancellationToken);
        var told = wish.Needs == ExportNeeds.Review ? await ToldByReview.ReadAsync(store, review, await RulebookAsync(store, rules, offered, wish.AsOf, cancellationToken), wish, cancellationToken) : null;
        var held = wish.Set == ExportSet.All ? records.AllAsync(wish.AsOf, cancellationToken) : RecordExport.TheseAsync(store, review.RecordsOf(wish.Set), wish.AsOf, cancellationToken);
        await foreach (var record in held)
        {
            yield return new ExportRow(record, told is null ? null : told.Of(record.Record));
        }
    }

    /// <summary>The one that judged then, so that facts and verdicts are of one reading.</summary>
    private static async Task<Rulebook> RulebookAsync(StoreContext store, Protocol protocol, Func<Rulebook> offered, DateOnly? asOf, CancellationToken cancellationToken) => asOf is { } night
        ? await RulebookShelf.UsedByAsync(store, night, cancellationToken) ?? offered()
        : (await RulebookShelf.InForceAsync(store, offered(), await DecisionBook.StateAsync(store, protocol, cancellationToken), cancellationToken)).Rulebook;
}

/// <summary>What is wanted of an export.</summary>
/// <param name="AsOf">Null: now.</param>
public sealed record ExportWish(ExportSet Set, ExportNeeds Needs, DateOnly? AsOf);
