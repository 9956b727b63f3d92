using CarTIngest.Host.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>Alarms that last.</summary>
public static class AlarmBook
{
    /// <summary>Within the caller's transaction.</summary>
    /// <returns>False when the same alarm lasts already: of two that look at once, one writes it and neither fails.</returns>
    public static async Task<bool> BeginAsync(StoreContext store, string condition, string subject, string says, DateTimeOffset since, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var at = since.ToUnixTimeMilliseconds();
        return await store.Database.ExecuteSqlAsync(
            $"""INSERT INTO "Alarms" ("Condition", "Subject", "Says", "Since") VALUES ({condition}, {subject}, {says}, {at}) ON CONFLICT DO NOTHING""", cancellationToken) == 1;
    }

    /// <summary>Those that last, the oldest first, to be changed.</summary>
    public static Task<List<Alarm>> OpenAsync(StoreContext store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.Alarms.Where(alarm => alarm.Until == null).OrderBy(alarm => alarm.Id).ToListAsync(cancellationToken);
    }
}
