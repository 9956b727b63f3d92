using System.Security.Claims;
using CarTIngest.Host.Storage.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>Who has which of the roles in <see cref="Role"/>.</summary>
public static class RoleReading
{
    /// <summary>Of every account, by its id; no roles for one that has none.</summary>
    public static async Task<ILookup<long, string>> OfAllAsync(StoreContext store, CancellationToken cancellationToken) =>
        (await Claims(store).ToListAsync(cancellationToken)).ToLookup(claim => claim.UserId, claim => claim.ClaimValue!);

    public static async Task<IReadOnlyList<string>> OfAsync(StoreContext store, long account, CancellationToken cancellationToken) =>
        await Claims(store).Where(claim => claim.UserId == account).Select(claim => claim.ClaimValue!).ToListAsync(cancellationToken);

    private static IQueryable<IdentityUserClaim<long>> Claims(StoreContext store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.Set<IdentityUserClaim<long>>().AsNoTracking().Where(claim => claim.ClaimType == ClaimTypes.Role);
    }
}
