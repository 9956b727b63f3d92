using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Sources;

namespace CarTIngest.Host.Storage;

/// <summary>Keeps every answer of one run before anything reads it.</summary>
public sealed class RunArchive(StoreFactory stores, TimeProvider clock, long runId, HeldLease lease) : IRawArchive
{
    public async Task<ContentHash> KeepAsync(RawAnswer answer, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        await using var transaction = await store.Database.BeginTransactionAsync(cancellationToken);
        await lease.GuardAsync(store, cancellationToken);
        var hash = await PayloadStore.PutAsync(store, answer.Body, cancellationToken);
        store.Answers.Add(new StoredAnswer
        {
            RunId = runId,
            Source = answer.Source,
            Endpoint = answer.Endpoint,
            Asked = answer.Asked,
            Status = answer.Status,
            PayloadHash = hash.Hex,
            Location = answer.Location,
            Refusal = answer.Refusal?.Class,
            Reason = answer.Refusal?.Reason,
            At = clock.GetUtcNow(),
        });
        await store.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return hash;
    }
}

/// <summary>Keeps nothing: for a look that leaves no trace.</summary>
public sealed class NoArchive : IRawArchive
{
    public Task<ContentHash> KeepAsync(RawAnswer answer, CancellationToken cancellationToken) => Task.FromResult(ContentHash.Of(answer.Body.Span));
}
