using System.Globalization;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Reporting;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Watchdog.Conditions;

/// <summary>A source's last nights were not complete, one after the other.</summary>
internal sealed class Incomplete(WatchdogOptions options, WatchedPlaces places) : ICondition
{
    public string Name => "incomplete";

    public string Well => string.Create(CultureInfo.InvariantCulture, $"No source had {options.IncompleteNights} nights in a row that were not complete.");

    public string Do => "Nothing is lost: the watermark stays, and every night asks again from there. `cartingest status` says what kept each night from being complete; docs/operations.md says what to do about each.";

    public async Task<IReadOnlyList<Raised>> LookAsync(StoreContext store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var raised = new List<Raised>();
        foreach (var source in places.Sources)
        {
            // A night that was tried again counts once, as it was at last; a run that was cut short is none.
            var nights = store.RunSources.Where(row => row.Source == source && row.ReaderVersion != RunSource.NoReader)
                .Join(store.Runs, row => row.RunId, run => run.Id, (row, run) => new { run.Night, row.RunId })
                .GroupBy(row => row.Night).OrderByDescending(night => night.Key).Take(options.IncompleteNights).Select(night => night.Max(row => row.RunId));
            var last = await store.RunSources.AsNoTracking().Where(row => row.Source == source && nights.Contains(row.RunId)).OrderByDescending(row => row.RunId).Select(row => new { row.Complete, row.Sums }).ToListAsync(cancellationToken);
            if (last.Count == options.IncompleteNights && last.TrueForAll(night => !night.Complete))
            {
                var why = string.Join(" ", NightReportJson.ReadSource(last[0].Sums).Why);
                raised.Add(new Raised(source, string.Create(CultureInfo.InvariantCulture, $"The last {options.IncompleteNights} nights of {SourceNames.Of(source)} were not complete. The last one: {why}")));
            }
        }

        return raised;
    }
}
