using System.Security.Cryptography;
using System.Xml.Linq;
using CarTIngest.Host.Storage;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.People;

/// <summary>Says in words what another cookie key means, in place of the traces that the framework would write.</summary>
public sealed partial class CookieKeyCheck(StoreFactory stores, CookieKey key, ILogger<CookieKeyCheck> log)
{
    /// <returns>How many keys of the store the present one does not open.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var rows = await store.DataProtectionKeys.AsNoTracking().Select(row => row.Xml).ToListAsync(cancellationToken);
        var foreign = rows.OfType<string>().SelectMany(xml => XElement.Parse(xml).Descendants("sealed")).Count(one => !Opens(one.Value));
        if (foreign > 0)
        {
            Log.Changed(log, foreign);
        }

        return foreign;
    }

    private bool Opens(string sealedText)
    {
        try
        {
            key.Open(sealedText);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 420, Level = LogLevel.Warning, Message = "The cookie key is another one than before ({Count} sealed with the former). Nothing is lost: everybody logs in again. Several web processes must have the same key, or each ends the sessions of the others.")]
        public static partial void Changed(ILogger log, int count);
    }
}
