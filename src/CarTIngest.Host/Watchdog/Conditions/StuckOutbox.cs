using System.Globalization;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Reporting;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Watchdog.Conditions;

/// <summary>Messages that wait too long, that were refused for good, or of which nobody knows whether they were received.</summary>
internal sealed class StuckOutbox(WatchdogOptions options) : ICondition
{
    public string Name => "outbox";

    public string Well => string.Create(CultureInfo.InvariantCulture, $"No message waits for more than {options.OutboxHours:0.#} hours, and none was refused or is unclear.");

    public string Do => "No message is lost: each stays until it is handed over or withdrawn. `cartingest outbox` says what each was answered. What waits goes out by itself once the cause is mended; for one that was refused or is unclear: `cartingest outbox resend ID` or `outbox withdraw ID`.";

    public async Task<IReadOnlyList<Raised>> LookAsync(StoreContext store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var late = now.AddHours(-options.OutboxHours);
        var waiting = store.Outbox.Where(message => (message.State == OutboxState.Pending || message.State == OutboxState.Sending) && message.CreatedAt < late);
        var raised = new List<Raised>();
        if (await waiting.CountAsync(cancellationToken) is > 0 and var count)
        {
            var oldest = await waiting.OrderBy(message => message.Id).Select(message => new { message.CreatedAt, message.Said }).FirstAsync(cancellationToken);
            raised.Add(new Raised("waiting", string.Create(CultureInfo.InvariantCulture, $"{Counted.Of(count, "message waits", "messages wait")}, the oldest since {oldest.CreatedAt:d MMM yyyy HH:mm} UTC.{(oldest.Said is { Length: > 0 } said ? $" It was answered: {said}" : "")}")));
        }

        if (await InAsync(store, OutboxState.Refused, cancellationToken) is > 0 and var refused)
        {
            raised.Add(new Raised("refused", $"{Counted.Of(refused, "message was", "messages were")} refused for good."));
        }

        if (await InAsync(store, OutboxState.Ambiguous, cancellationToken) is > 0 and var unclear)
        {
            raised.Add(new Raised("ambiguous", $"{Counted.Of(unclear, "message", "messages")} may or may not have been received; `cartingest outbox` says of each why."));
        }

        return raised;
    }

    private static Task<int> InAsync(StoreContext store, OutboxState state, CancellationToken cancellationToken) => store.Outbox.CountAsync(message => message.State == state, cancellationToken);
}
