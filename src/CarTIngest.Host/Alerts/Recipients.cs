using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Alerts;

/// <summary>Who is told: everybody with an account that nobody locked and an address, by role and own wish; while nobody has an account, the addresses of the settings, like leads.</summary>
public sealed class Recipients(AlertsOptions options)
{
    public async Task<IReadOnlyList<Recipient>> ReadAsync(StoreContext store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var accounts = await store.Accounts.AsNoTracking().OrderBy(account => account.Id).ToListAsync(cancellationToken);
        if (accounts.Count == 0)
        {
            return [.. options.Addresses.Distinct(StringComparer.OrdinalIgnoreCase).Select(OfSettings)];
        }

        var roles = await RoleReading.OfAllAsync(store, cancellationToken);
        return [.. accounts.Where(account => account.Email is { } address && AlertsOptions.IsAddress(address) && !account.IsLocked).Select(account => OfAccount(account, roles[account.Id].ToHashSet(StringComparer.Ordinal)))];
    }

    private static Recipient OfAccount(Account account, IReadOnlySet<string> roles) =>
        new(account.Email!, account.Name, account.Id, roles, account.Digest ?? Recipient.UsualOf(roles), account.AtOnce, account.UnsubscribeId, account.CreatedAt) { HasEndedMail = account.HasEndedMail };

    private static Recipient OfSettings(string address) =>
        new(address, null, null, new HashSet<string>(StringComparer.Ordinal) { Role.Lead, Role.Operator }, DigestRhythm.Nightly, AtOnce: true, null, null);
}
