using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Alerts;

/// <summary>By which opaque id a message's recipient ends such mail with one click.</summary>
public sealed class UnsubscribeIds(StoreFactory stores)
{
    /// <returns>Null where the recipient has no account.</returns>
    public async Task<string?> OfAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.AccountId is not { } account)
        {
            return null;
        }

        await using var store = stores.Open();
        return await store.Accounts.Where(row => row.Id == account).Select(row => row.UnsubscribeId).SingleOrDefaultAsync(cancellationToken);
    }
}
