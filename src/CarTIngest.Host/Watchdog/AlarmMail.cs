using System.Globalization;
using System.Security.Claims;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Watchdog;

/// <summary>An alarm as a plain message to each operator: what is so, since when, what to do.</summary>
public sealed class AlarmMail
{
    /// <summary>The same alarm told again is another message; told twice in one round, by two workers, it is one.</summary>
    public async Task WriteAsync(StoreContext store, Alarm alarm, string whatToDo, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(alarm);
        var operators = await store.Accounts
            .Where(account => (account.LockoutEnd == null || account.LockoutEnd < now) && account.Email != null
                && store.Set<IdentityUserClaim<long>>().Any(claim => claim.UserId == account.Id && claim.ClaimType == ClaimTypes.Role && claim.ClaimValue == Role.Operator))
            .Select(account => new { account.Id, account.Email }).ToListAsync(cancellationToken);
        var time = alarm.Until is null ? alarm.ToldAt is null ? "began" : now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) : "ended";
        await OutboxBook.AddAsync(
            store,
            [.. operators.Select(one => new OutboxDraft($"alarm/{alarm.Id}/{time}/{one.Email}", "operator", "mail", one.Email!, one.Id, $"alarm/{alarm.Id}", null, Subject(alarm), Text(alarm, whatToDo)))],
            now,
            cancellationToken);
    }

    private static string Subject(Alarm alarm) => $"CarTIngest: {alarm.Condition}{(alarm.Subject.Length > 0 ? $" ({alarm.Subject})" : "")}{(alarm.Until is null ? "" : " has ended")}";

    private static string Text(Alarm alarm, string whatToDo) => alarm.Until is { } until
        ? string.Create(CultureInfo.InvariantCulture, $"This has ended, {until:d MMM yyyy HH:mm} UTC; nothing needs to be done.\n\n{alarm.Says}\n")
        : string.Create(CultureInfo.InvariantCulture, $"{alarm.Says}\n\nSince {alarm.Since:d MMM yyyy HH:mm} UTC.\n\nWhat to do: {whatToDo}\n");
}
