using System.Globalization;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Watchdog.Conditions;

/// <summary>Messages that wait too long, that were refused for good, or of which nobody knows whether they were received.</summary>
internal sealed class StuckOutbox(WatchdogOptions options) : ICondition
{
    public string Name => "outbox";

    public string Well => string.Create(CultureInfo.InvariantCulture, $"No message waits for more than {options.OutboxHours:0.#} hours, and none was refused or broke off.");

    public string Do => "No message is lost: each stays until it is handed over or withdrawn. `cartingest outbox` says what each was answered; mend Alerts:Smtp, then `cartingest outbox resend ID`, or `outbox withdraw ID` for one that shall not go.";

    public async Task<IReadOnlyList<Raised>> LookAsync(StoreContext store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var late = now.AddHours(-options.OutboxHours);
        var waiting = store.Outbox.Where(message => (message.State == OutboxState.Pending || message.State == OutboxState.Sending) && message.CreatedAt < late);
        var raised = new List<Raised>();
        if (await waiting.CountAsync(cancellationToken) is > 0 and var count)
        {
            var oldest = await waiting.OrderBy(message => message.Id).Select(message => new { message.CreatedAt, message.Said }).FirstAsync(cancellationToken);
            raised.Add(new Raised("waiting", string.Create(CultureInfo.InvariantCulture, $"{count:N0} messages wait, the oldest since {oldest.CreatedAt:d MMM yyyy HH:mm} UTC.{(oldest.Said is { } said ? $" It was answered: {said}" : "")}")));
        }

        foreach (var (state, subject, says) in new[]
        {
            (OutboxState.Refused, "refused", "messages were refused for good"),
            (OutboxState.Ambiguous, "ambiguous", "messages may or may not have been received: their hand-over broke off after the last byte"),
        })
        {
            if (await store.Outbox.CountAsync(message => message.State == state, cancellationToken) is > 0 and var ended)
            {
                raised.Add(new Raised(subject, string.Create(CultureInfo.InvariantCulture, $"{ended:N0} {says}.")));
            }
        }

        return raised;
    }
}
