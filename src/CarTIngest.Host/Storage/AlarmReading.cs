using CarTIngest.Host.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>What the watchdog found and what has not ended.</summary>
public sealed class AlarmReading(StoreFactory stores)
{
    /// <summary>The oldest first.</summary>
    public async Task<IReadOnlyList<Alarm>> OpenAsync(CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        return await store.Alarms.AsNoTracking().Where(alarm => alarm.Until == null).OrderBy(alarm => alarm.Since).ThenBy(alarm => alarm.Id).ToListAsync(cancellationToken);
    }
}
