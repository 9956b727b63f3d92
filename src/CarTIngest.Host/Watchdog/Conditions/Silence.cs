using System.Globalization;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Reporting;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Watchdog.Conditions;

/// <summary>
/// No night of a source came to its end (judged, matched, queued, told) for too long, complete or not. The first one that is at work is a sign of life, for as long only as its holder gives one; nights
/// that begin and die one after the other are none.
/// </summary>
internal sealed class Silence(WatchdogOptions options, WatchedPlaces places) : ICondition
{
    public string Name => "silence";

    public string Well => string.Create(CultureInfo.InvariantCulture, $"Every source had a night that came to its end within {options.SilenceHours:0.#} hours.");

    public string Do => "Nothing is lost: the next night looks for all that came meanwhile. See whether the service runs (`systemctl status cartingest`, /health/ready) and what its log says of the last evening; `cartingest run` asks now.";

    public async Task<IReadOnlyList<Raised>> LookAsync(StoreContext store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now.AddHours(-options.SilenceHours);
        var held = await store.Leases.AnyAsync(lease => lease.Name == Leases.Night && lease.Until > now, cancellationToken);
        var raised = new List<Raised>();
        foreach (var source in places.Sources)
        {
            // Who closes the book of a dead run ends it too, without judging: that is no night.
            var last = await store.RunSources.Where(row => row.Source == source && row.ReaderVersion != RunSource.NoReader)
                .Join(store.Runs.Where(run => run.WeighedChange != null), row => row.RunId, run => run.Id, (_, run) => run.EndedAt)
                .MaxAsync(cancellationToken);
            if (!(last > since) && !(held && await IsFirstTryAsync(store, source, since, cancellationToken)))
            {
                raised.Add(new Raised(source, last is { } at
                    ? string.Create(CultureInfo.InvariantCulture, $"The last night of {SourceNames.Of(source)} ended on {at:d MMM yyyy} at {at:HH:mm} UTC, {(now - at).TotalHours:0} hours ago.")
                    : $"No night of {SourceNames.Of(source)} came to its end yet."));
            }
        }

        return raised;
    }

    /// <summary>Whether of the runs that asked the source lately and did not come to their end there is one, and its book is open.</summary>
    private static async Task<bool> IsFirstTryAsync(StoreContext store, string source, DateTimeOffset since, CancellationToken cancellationToken) =>
        await store.Runs.Where(run => run.StartedAt > since && run.WeighedChange == null && store.Answers.Any(answer => answer.RunId == run.Id && answer.Source == source))
            .Select(run => run.EndedAt).ToListAsync(cancellationToken) is [null];
}
