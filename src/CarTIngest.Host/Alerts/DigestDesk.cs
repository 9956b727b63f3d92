using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Reporting.Digests;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Alerts;

/// <summary>
/// Writes the digests that are due: each recipient is told of every run once, in the transaction that moves the mark up to which that recipient was told. On nights without anything to tell the mark moves and
/// nothing is written; a silence of a week is ended by a sign of life.
/// </summary>
public sealed class DigestDesk(StoreFactory stores, Recipients recipients, DigestReading reading, DigestTiming timing, Letters letters, TimeProvider clock)
{
    public static readonly TimeSpan LongestSilence = TimeSpan.FromDays(7);

    /// <returns>How many messages were written.</returns>
    public async Task<int> WriteAsync(CancellationToken cancellationToken)
    {
        var due = await DueAsync(cancellationToken);
        var materials = new Dictionary<long, DigestMaterial>();
        var written = 0;
        foreach (var one in due)
        {
            if (one.UpTo > one.After && !materials.ContainsKey(one.After))
            {
                materials[one.After] = await reading.ReadAsync(one.After, one.UpTo, cancellationToken);
            }

            written += await WriteAsync(one, one.UpTo > one.After ? materials[one.After] : null, cancellationToken);
        }

        return written;
    }

    /// <summary>What the next digest would say to a recipient; null where there is nothing to tell.</summary>
    /// <param name="after">Null: after what the recipient was told last.</param>
    public async Task<LetterText?> PreviewAsync(Recipient recipient, long? after, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        await using var store = stores.Open();
        var upTo = await timing.LastEndedAsync(store, cancellationToken);
        var told = await store.DigestMarks.Where(mark => mark.Recipient == recipient.Address).Select(mark => (long?)mark.RunId).SingleOrDefaultAsync(cancellationToken);
        var from = after ?? told ?? await FirstAfterAsync(store, recipient, cancellationToken);
        var digest = DigestComposer.Of(await reading.ReadAsync(from, upTo, cancellationToken), await ReaderAsync(recipient, cancellationToken));
        return digest is null ? null : letters.Digest(digest, recipient, upTo);
    }

    private async Task<List<DueDigest>> DueAsync(CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var due = new List<DueDigest>();
        var ended = await timing.LastEndedAsync(store, cancellationToken);
        foreach (var recipient in await recipients.ReadAsync(store, cancellationToken))
        {
            var mark = await MarkAsync(store, recipient, cancellationToken);
            var isDue = recipient.FollowsReview && ended > mark.RunId && await timing.IsDueAsync(store, recipient.Rhythm, mark.RunId, cancellationToken);
            var silent = recipient.IsReassured && clock.GetUtcNow() - await LastMessageAsync(store, mark, cancellationToken) >= LongestSilence;
            if (isDue || silent)
            {
                due.Add(new DueDigest(recipient, mark.RunId, isDue ? ended : mark.RunId, silent));
            }
        }

        return due;
    }

    private async Task<int> WriteAsync(DueDigest due, DigestMaterial? material, CancellationToken cancellationToken)
    {
        var reader = await ReaderAsync(due.Recipient, cancellationToken);
        var draft = material is not null && DigestComposer.Of(material, reader) is { } digest
            ? letters.DigestTo(due.Recipient, digest, due.After, due.UpTo)
            : due.IsSilent ? await AliveAsync(due.Recipient, reader, cancellationToken) : null;
        await using var store = stores.Open();
        await using var transaction = await store.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetUtcNow();
        // Who moves the mark writes the message; of two who would, one.
        if (await store.DigestMarks.Where(mark => mark.Recipient == due.Recipient.Address && mark.RunId == due.After).ExecuteUpdateAsync(set => set.SetProperty(mark => mark.RunId, due.UpTo), cancellationToken) != 1)
        {
            return 0;
        }

        var written = draft is null ? 0 : await OutboxBook.AddAsync(store, [draft], now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return written;
    }

    /// <summary>A sign of life tells of the searches of the week.</summary>
    private async Task<OutboxDraft> AliveAsync(Recipient recipient, DigestReader reader, CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var (now, ended) = (clock.GetUtcNow(), await timing.LastEndedAsync(store, cancellationToken));
        var material = await reading.ReadAsync(await timing.LastBeforeAsync(store, now - LongestSilence, cancellationToken), ended, cancellationToken);
        return letters.AliveTo(recipient, DigestComposer.Alive(material, reader), DateOnly.FromDateTime(now.UtcDateTime), ended);
    }

    private async Task<DigestReader> ReaderAsync(Recipient recipient, CancellationToken cancellationToken) =>
        new(recipient.Screens, recipient.KeepsSearches, await reading.WaitsAsync(recipient, cancellationToken)) { HasCommands = recipient.HasCommands };

    /// <summary>Up to where the recipient was told; who is new is told of what ended since they joined, an address of the settings of the last days.</summary>
    private async Task<DigestMark> MarkAsync(StoreContext store, Recipient recipient, CancellationToken cancellationToken)
    {
        if (await store.DigestMarks.AsNoTracking().SingleOrDefaultAsync(mark => mark.Recipient == recipient.Address, cancellationToken) is { } known)
        {
            return known;
        }

        var now = clock.GetUtcNow();
        var from = await FirstAfterAsync(store, recipient, cancellationToken);
        var at = now.ToUnixTimeMilliseconds();
        await store.Database.ExecuteSqlAsync($"""INSERT INTO "DigestMarks" ("Recipient", "RunId", "KnownSince") VALUES ({recipient.Address}, {from}, {at}) ON CONFLICT ("Recipient") DO NOTHING""", cancellationToken);
        return await store.DigestMarks.AsNoTracking().SingleAsync(mark => mark.Recipient == recipient.Address, cancellationToken);
    }

    private Task<long> FirstAfterAsync(StoreContext store, Recipient recipient, CancellationToken cancellationToken) =>
        timing.LastBeforeAsync(store, recipient.Since ?? (clock.GetUtcNow() - LongestSilence), cancellationToken);

    private static async Task<DateTimeOffset> LastMessageAsync(StoreContext store, DigestMark mark, CancellationToken cancellationToken)
    {
        var last = await store.Outbox.Where(row => row.Recipient == mark.Recipient).OrderByDescending(row => row.Id).Select(row => (DateTimeOffset?)row.CreatedAt).FirstOrDefaultAsync(cancellationToken);
        return last > mark.KnownSince ? last.Value : mark.KnownSince;
    }

    /// <param name="After">The last run that was told.</param>
    /// <param name="UpTo">The last that is to be told; the same where a sign of life alone is due.</param>
    private sealed record DueDigest(Recipient Recipient, long After, long UpTo, bool IsSilent);
}
