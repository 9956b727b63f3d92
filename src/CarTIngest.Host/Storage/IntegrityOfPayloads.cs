using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Sources;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>The raw store, one payload at a time: its bytes have its hash, every record that was read from them reads the same again, and nothing points outside.</summary>
internal sealed class IntegrityOfPayloads(List<string> faults, StoredRecordReader? read)
{
    /// <summary>gzip cannot make more of a byte than this; a longer announced length is damage, and not asked memory for.</summary>
    private const long LargestRatio = 1100;

    public int NotReadAgain { get; private set; }

    public async Task CheckAsync(StoreContext store, IReadOnlyList<IntegrityMark> revisions, CancellationToken cancellationToken)
    {
        var lengths = new Dictionary<string, long>(StringComparer.Ordinal);
        var inside = revisions.ToLookup(revision => revision.PayloadHash, StringComparer.Ordinal);
        await foreach (var payload in store.Payloads.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            lengths[payload.Hash] = payload.Length;
            var bytes = Open(payload);
            foreach (var revision in inside[payload.Hash].Where(revision => revision.LiesIn(payload.Length)))
            {
                await ReadAgainAsync(revision, bytes, cancellationToken);
            }
        }

        faults.AddRange(revisions.Where(revision => !lengths.TryGetValue(revision.PayloadHash, out var length) || !revision.LiesIn(length))
            .Select(revision => $"{revision.Name}: its bytes are not in payload {revision.PayloadHash}."));
        await PointersAsync(store, lengths, cancellationToken);
    }

    /// <summary>Empty when the bytes are damaged; that is said, and is no fault of each record in them.</summary>
    private ReadOnlyMemory<byte> Open(Payload payload)
    {
        try
        {
            if (payload.Length < 0 || payload.Length > (payload.Compressed.Length + 1) * LargestRatio)
            {
                throw new StoreDamagedException($"Payload {payload.Hash} cannot be decompressed to the {payload.Length} bytes that it announces.");
            }

            var bytes = PayloadStore.Open(payload);
            if (ContentHash.Of(bytes).Hex is var hash && hash == payload.Hash)
            {
                return bytes;
            }

            faults.Add($"Payload {payload.Hash} holds bytes whose hash is {hash}.");
        }
        catch (StoreDamagedException damage)
        {
            faults.Add(damage.Message);
        }

        return default;
    }

    private async Task ReadAgainAsync(IntegrityMark revision, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        if (payload.IsEmpty || read is null || !RecordId.TryParse(revision.RecordId, out var id))
        {
            NotReadAgain++;
            return;
        }

        var bytes = payload.Slice((int)revision.Offset, revision.Length);
        switch (await read(id.Source, revision.ReaderVersion, bytes, cancellationToken))
        {
            case null:
                NotReadAgain++;
                break;
            case ReadRecord again:
                Compare(revision, again);
                break;
            case UnreadableRecord unreadable:
                faults.Add($"{revision.Name}: its bytes cannot be read again: {unreadable.Reason}");
                break;
        }
    }

    private void Compare(IntegrityMark revision, ReadRecord again)
    {
        if (again.Hash.Hex != revision.ContentHash)
        {
            faults.Add($"{revision.Name}: its bytes have another content hash.");
        }

        if (IntegrityMark.LineOf(again.Record) != revision.Line)
        {
            faults.Add($"{revision.Name}: its line is not what its bytes say.");
        }
    }

    private async Task PointersAsync(StoreContext store, Dictionary<string, long> lengths, CancellationToken cancellationToken)
    {
        var answers = store.Answers.AsNoTracking().Select(answer => new { answer.Id, answer.RunId, answer.Source, answer.Endpoint, answer.PayloadHash });
        await foreach (var answer in answers.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (!lengths.ContainsKey(answer.PayloadHash))
            {
                faults.Add($"Answer {answer.Id} ({answer.Source} {answer.Endpoint}, run {answer.RunId}): there is no payload {answer.PayloadHash}.");
            }
        }

        await foreach (var entry in store.Quarantine.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (!lengths.TryGetValue(entry.PayloadHash, out var length) || !IntegrityMark.LiesIn(entry.Offset, entry.Length, length))
            {
                faults.Add($"Quarantined {entry.RecordId ?? "piece"} {entry.Id} of {entry.Source}: its bytes are not in payload {entry.PayloadHash}.");
            }
        }
    }
}
