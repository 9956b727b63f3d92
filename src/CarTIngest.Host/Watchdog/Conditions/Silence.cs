using System.Globalization;
using CarTIngest.Host.Storage;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Watchdog.Conditions;

/// <summary>No night of a source came to its end for too long, complete or not. A night at work is a sign of life, but for as long only.</summary>
internal sealed class Silence(WatchdogOptions options, WatchedPlaces places) : ICondition
{
    public string Name => "silence";

    public string Well => string.Create(CultureInfo.InvariantCulture, $"Every source had a night that came to its end within {options.SilenceHours:0.#} hours.");

    public string Do => "Nothing is lost: the next night looks for all that came meanwhile. See whether the service runs (`cartingest status`, /health/ready) and what its log says of the last evening; `cartingest run` asks now.";

    public async Task<IReadOnlyList<Raised>> LookAsync(StoreContext store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now.AddHours(-options.SilenceHours);
        if (await store.Runs.AnyAsync(run => run.EndedAt == null && run.StartedAt > since, cancellationToken))
        {
            return [];
        }

        var last = await store.RunSources
            .Join(store.Runs, row => row.RunId, run => run.Id, (row, run) => new { row.Source, run.EndedAt })
            .Where(ended => ended.EndedAt != null)
            .GroupBy(ended => ended.Source)
            .Select(ended => new { Source = ended.Key, At = ended.Max(one => one.EndedAt) })
            .ToDictionaryAsync(ended => ended.Source, ended => ended.At, StringComparer.Ordinal, cancellationToken);
        return [.. places.Sources
            .Where(source => !last.TryGetValue(source, out var at) || at <= since)
            .Select(source => new Raised(source, last.GetValueOrDefault(source) is { } at
                ? string.Create(CultureInfo.InvariantCulture, $"The last night of {source} ended on {at:d MMM yyyy} at {at:HH:mm} UTC, {(now - at).TotalHours:0} hours ago.")
                : $"No night of {source} came to its end yet."))];
    }
}
