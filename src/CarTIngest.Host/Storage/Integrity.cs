using System.Data;
using CarTIngest.Sources;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>
/// Reads the whole store against itself: do the bytes still have their hashes, do they still read as what is held, are the changes the differences
/// of the revisions, do the sums and names of every night agree with each other, does the chain of decisions hold? Blind spot: records of an import deleted with all that names them.
/// </summary>
/// <param name="read">Null: no revision is read again from its bytes.</param>
public sealed class Integrity(StoreFactory stores, StoredRecordReader? read = null)
{
    /// <summary>Never changes anything, and sees one moment of a store that others write. A damaged store gives faults, not an exception.</summary>
    /// <exception cref="StoreUnusableException">There is no store, or one of another version.</exception>
    public async Task<IntegrityReport> VerifyAsync(CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        faults.AddRange(await IntegrityOfFile.FaultsAsync(stores, cancellationToken));
        var damage = new IntegrityDamage(faults, fileIsDamaged: faults.Count > 0);
        if (faults.Count == 0)
        {
            await stores.RequireAsync(cancellationToken);
        }

        var revisions = new IntegrityOfRevisions(faults);
        var payloads = new IntegrityOfPayloads(faults, read);
        var state = "";
        await damage.TellAsync("The store", token => ReadAsync(token), cancellationToken);
        return new IntegrityReport(faults, state, payloads.NotReadAgain);

        async Task ReadAsync(CancellationToken token)
        {
            await using var store = stores.Open();
            await using var moment = await store.Database.BeginTransactionAsync(MomentOf(stores.Provider), token);
            var sound = await damage.TellAsync("The revisions", then => revisions.CheckAsync(store, then), token)
                && await damage.TellAsync("The records", then => IntegrityOfRecords.CheckAsync(store, revisions, faults, then), token)
                && await damage.TellAsync("The raw store", then => payloads.CheckAsync(store, revisions.Marks, then), token)
                && await damage.TellAsync("The ledger", then => new IntegrityOfNights(store, faults).CheckAsync(revisions.Newest, then), token)
                && await damage.TellAsync("The decisions", then => IntegrityOfDecisions.CheckAsync(store, faults, then), token);
            if (sound)
            {
                await damage.TellAsync("The state", async then => state = await IntegrityState.OfAsync(store, then), token);
            }
        }
    }

    /// <summary>SQLite's deferred transaction takes no lock that a writer would wait for.</summary>
    internal static IsolationLevel MomentOf(StorageProvider provider) => provider == StorageProvider.Sqlite ? IsolationLevel.ReadUncommitted : IsolationLevel.RepeatableRead;
}

/// <param name="Faults">One sentence each; empty when the store is whole.</param>
/// <param name="State">sha256:… of what is held, the same for two stores that hold the same; empty where damage keeps it from being told.</param>
/// <param name="NotReadAgain">Revisions whose reader is not at hand, so that their bytes could not be read again.</param>
public sealed record IntegrityReport(IReadOnlyList<string> Faults, string State, int NotReadAgain)
{
    public bool Whole => Faults.Count == 0;
}
