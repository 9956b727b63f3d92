using CarTIngest.Host.Alerts;
using CarTIngest.Host.Storage;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Commands;

/// <summary>After a night: write the digests that are due and hand over what waits, so that a machine without the service mails too. What fails here waits in the outbox, and never changes what the night was.</summary>
internal static class NightMail
{
    /// <summary>Whom nights that are played write to where the settings name nobody, so that mail can be seen.</summary>
    public const string Played = "lead@review.example";

    public static async Task SendAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAndHandOverAsync(services, cancellationToken);
        }
        catch (Exception failure) when (failure is SystemException or DbUpdateException && StoreFailure.Says(failure) is { } says)
        {
            await Console.Error.WriteLineAsync($"The night stands, but its mail was not written or not handed over, for the store failed: {says} The next night or the service makes up for it.");
        }
    }

    private static async Task WriteAndHandOverAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<DigestDesk>().WriteAsync(cancellationToken);
        var done = await services.GetRequiredService<Courier>().RunAsync(cancellationToken);
        if (done.Faults.Count + done.Ambiguous + done.Refused > 0)
        {
            await Console.Error.WriteLineAsync($"Not all mail went out; nothing is lost, and the night stands as it is. {string.Join(" ", done.Faults)} `cartingest outbox` lists what waits.");
        }
    }

    /// <summary>Nights that are played write to an invented lead, into a folder beside their store, unless this very call says otherwise: never to the people and servers that the environment or appsettings.json names.</summary>
    /// <param name="setHere">What --set gives on this call.</param>
    /// <param name="store">The folder of the store; null: a temporary one.</param>
    public static void KeepTo(Dictionary<string, string?> last, IReadOnlyDictionary<string, string?> setHere, string store)
    {
        KeepTo(last, setHere, "Alerts:To", Played);
        KeepTo(last, setHere, "Alerts:Transport", "spool");
        KeepTo(last, setHere, "Alerts:Spool:Folder", Path.Combine(store, "mail"));
        KeepTo(last, setHere, "Alerts:Webhook:Url", "");
    }

    private static void KeepTo(Dictionary<string, string?> last, IReadOnlyDictionary<string, string?> setHere, string key, string value)
    {
        if (!setHere.ContainsKey(key))
        {
            last[key] = value;
        }
    }
}
