using System.Globalization;
using CarTIngest.Host.Storage;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Watchdog.Conditions;

/// <summary>More pieces than now and then came lately and could not be read.</summary>
internal sealed class GrowingQuarantine(WatchdogOptions options) : ICondition
{
    private const int Nights = 7;

    public string Name => "quarantine";

    public string Well => string.Create(CultureInfo.InvariantCulture, $"Fewer than {options.QuarantinedPerWeek} pieces of the last {Nights} nights lie in quarantine.");

    public string Do => "Nothing is lost: their bytes are kept, and they leave by themselves when they can be read. If the number grows, tell the developers; `cartingest status` counts them.";

    public async Task<IReadOnlyList<Raised>> LookAsync(StoreContext store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var newest = await store.Runs.Where(run => store.RunSources.Any(row => row.RunId == run.Id)).MaxAsync(run => (DateOnly?)run.Night, cancellationToken);
        if (newest is null)
        {
            return [];
        }

        var since = newest.Value.AddDays(-Nights);
        var fresh = await store.Quarantine.CountAsync(entry => entry.Open && entry.Night > since, cancellationToken);
        if (fresh < options.QuarantinedPerWeek)
        {
            return [];
        }

        var all = await store.Quarantine.CountAsync(entry => entry.Open, cancellationToken);
        return [new Raised("", string.Create(CultureInfo.InvariantCulture, $"{fresh:N0} pieces that came within {Nights} nights could not be read; {all:N0} lie in quarantine in all."))];
    }
}
