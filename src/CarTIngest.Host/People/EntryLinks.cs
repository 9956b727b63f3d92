using System.Globalization;
using CarTIngest.Host.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.People;

/// <summary>
/// One-time links by which a person chooses a password: handed over by who invited, and kept as a hash. They do not hang on the keys of the cookies, so that the command line makes them too and a
/// new cookie key voids none.
/// </summary>
public sealed class EntryLinks(StoreContext store, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const string Provider = "cartingest";
    private const string Name = "link";

    /// <summary>In place of the one before.</summary>
    internal async Task<string> MakeAsync(long account, CancellationToken cancellationToken)
    {
        await DropAsync(account, cancellationToken);
        var code = Secret.New();
        store.Set<IdentityUserToken<long>>().Add(new IdentityUserToken<long>
        {
            UserId = account,
            LoginProvider = Provider,
            Name = Name,
            Value = $"{Secret.Hash(code)} {(clock.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}",
        });
        await store.SaveChangesAsync(cancellationToken);
        return code;
    }

    /// <returns>Whose link it is; null when it was used, replaced, or is too old.</returns>
    public async Task<long?> FindAsync(string code, CancellationToken cancellationToken)
    {
        var hash = Secret.Hash(code) + " ";
        var kept = await store.Set<IdentityUserToken<long>>().AsNoTracking()
            .SingleOrDefaultAsync(token => token.LoginProvider == Provider && token.Name == Name && token.Value!.StartsWith(hash), cancellationToken);
        return kept is not null && clock.GetUtcNow() < DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(kept.Value!.AsSpan(hash.Length), CultureInfo.InvariantCulture)) ? kept.UserId : null;
    }

    internal Task DropAsync(long account, CancellationToken cancellationToken) =>
        store.Set<IdentityUserToken<long>>().Where(token => token.UserId == account && token.LoginProvider == Provider && token.Name == Name).ExecuteDeleteAsync(cancellationToken);
}
