using System.Text.Json.Serialization;
using CarTIngest.Host.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>
/// The outbox: what is told to whom, written in the transaction of what it tells, so that nothing happens without its message and no message tells what did not happen. Handing over is
/// <see cref="OutboxMoves"/>.
/// </summary>
public sealed class OutboxBook(StoreFactory stores)
{
    /// <summary>Part of the caller's transaction. What is there under its key already, of whatever state, stays as it is.</summary>
    /// <returns>How many were written.</returns>
    public static async Task<int> AddAsync(StoreContext store, IReadOnlyList<OutboxDraft> messages, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(messages);
        var (at, pending, written) = (now.ToUnixTimeMilliseconds(), nameof(OutboxState.Pending), 0);
        foreach (var message in messages)
        {
            // Both databases decide on the key by themselves, so that two who write the same thing at once are one message and neither fails.
            written += await store.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "Outbox" ("Key", "Kind", "Channel", "Recipient", "AccountId", "Topic", "RunId", "Subject", "Text", "Html", "CreatedAt", "State", "Attempts", "NextAttemptAt", "WasUnanswered")
                VALUES ({message.Key}, {message.Kind}, {message.Channel}, {message.Recipient}, {message.AccountId}, {message.Topic}, {message.RunId}, {message.Subject}, {message.Text}, {message.Html}, {at}, {pending}, 0, {at}, FALSE)
                ON CONFLICT ("Key") DO NOTHING
                """,
                cancellationToken);
        }

        return written;
    }

    public async Task<OutboxCounts> CountAsync(CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var counts = await ByStateAsync(store, cancellationToken);
        return new OutboxCounts(
            counts.GetValueOrDefault(OutboxState.Pending) + counts.GetValueOrDefault(OutboxState.Sending),
            counts.GetValueOrDefault(OutboxState.Sent),
            counts.GetValueOrDefault(OutboxState.Ambiguous),
            counts.GetValueOrDefault(OutboxState.Refused))
        {
            PerhapsTwice = await store.Outbox.CountAsync(row => row.State == OutboxState.Sent && row.WasUnanswered, cancellationToken),
        };
    }

    internal static Task<Dictionary<OutboxState, int>> ByStateAsync(StoreContext store, CancellationToken cancellationToken) =>
        store.Outbox.GroupBy(row => row.State).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);

    /// <summary>What is neither sent nor withdrawn, the oldest first.</summary>
    public async Task<IReadOnlyList<OutboxMessage>> OpenAsync(CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        return await store.Outbox.AsNoTracking().Where(row => row.State != OutboxState.Sent && row.State != OutboxState.Withdrawn).OrderBy(row => row.Id).ToListAsync(cancellationToken);
    }
}

/// <param name="Key">What is told to whom: the same thing told twice has the same key, whichever night tells it.</param>
/// <param name="Kind">One of <see cref="OutboxKind"/>.</param>
/// <param name="Channel">One of <see cref="OutboxChannel"/>.</param>
/// <param name="Recipient">An address, or the name of a webhook.</param>
/// <param name="AccountId">Null where there is none.</param>
/// <param name="Topic">What belongs together in one thread: a study, a digest, a condition.</param>
/// <param name="RunId">The run that it tells of; null outside one.</param>
/// <param name="Text">Plain text, or the webhook's JSON.</param>
/// <param name="Html">Null where plain text is all.</param>
public sealed record OutboxDraft(string Key, string Kind, string Channel, string Recipient, long? AccountId, string Topic, long? RunId, string Subject, string Text, string? Html = null);

/// <summary>The outbox in numbers.</summary>
/// <param name="Pending">Waiting, or being handed over now.</param>
/// <param name="Ambiguous">May have been received.</param>
/// <param name="Refused">For good; a person must look.</param>
public sealed record OutboxCounts(int Pending, int Sent, int Ambiguous, int Refused)
{
    /// <summary>Of those sent: given before without an answer, and sent once more by the same Message-ID.</summary>
    [JsonIgnore]
    public int PerhapsTwice { get; init; }
}
