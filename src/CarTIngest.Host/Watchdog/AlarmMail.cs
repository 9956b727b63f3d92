using System.Globalization;
using CarTIngest.Host.Alerts;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Reporting;
using CarTIngest.Reporting.Digests;

namespace CarTIngest.Host.Watchdog;

/// <summary>An alarm as a message to each operator: what is so, since when, what to do.</summary>
public sealed class AlarmMail(Recipients recipients, MailTemplates templates)
{
    private static readonly DigestLine[] Footer = [DigestLine.Of("You get this because you operate CarTIngest. docs/operations.md says what each alarm means.")];

    /// <summary>In the caller's transaction. The same alarm told again is another message; told by two workers after the same last time, it is one.</summary>
    /// <returns>How many are told, by a message written now or there already; none where there is no operator.</returns>
    public async Task<int> WriteAsync(StoreContext store, Alarm alarm, string whatToDo, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(alarm);
        var letter = templates.Write(Told(alarm, whatToDo), Footer);
        var time = alarm.Until is not null ? "ended" : alarm.ToldAt is { } told ? $"after {told.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}" : "began";
        var operators = (await recipients.ReadAsync(store, cancellationToken)).Where(recipient => recipient.Roles.Contains(Role.Operator)).ToList();
        await OutboxBook.AddAsync(
            store,
            [.. operators.Select(one => new OutboxDraft($"alarm/{alarm.Id}/{time}/{one.Address}", OutboxKind.Operator, OutboxChannel.Mail, one.Address, one.AccountId, $"alarm {alarm.Id}", null, letter.Subject, letter.Text, letter.Html))],
            now,
            cancellationToken);
        return operators.Count;
    }

    private static Digest Told(Alarm alarm, string whatToDo)
    {
        var what = alarm.Subject.Length > 0 ? $"{alarm.Condition} ({SourceNames.Of(alarm.Subject)})" : alarm.Condition;
        return alarm.Until is { } until
            ? new Digest($"CarTIngest alarm has ended: {what}", string.Create(CultureInfo.InvariantCulture, $"This ended on {until:d MMM yyyy HH:mm} UTC; nothing needs to be done."), [Section("It was", alarm.Says)])
            : new Digest($"CarTIngest alarm: {what}", alarm.Says, [Section("What to do", whatToDo), Section("Since", string.Create(CultureInfo.InvariantCulture, $"{alarm.Since:d MMM yyyy HH:mm} UTC"))]);
    }

    private static DigestSection Section(string title, string says) => new(title, [], [DigestLine.Of(says)]);
}
