using System.Globalization;
using CarTIngest.Host.Storage;
using CarTIngest.Reporting;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Watchdog.Conditions;

/// <summary>The last complete night announced far more or far fewer records than those before: a search that lost or gained a part, or a source that changed its mind.</summary>
internal sealed class OutOfBand(WatchdogOptions options, WatchedPlaces places) : ICondition
{
    /// <summary>Complete nights whose median is the middle of the band, and how many there must be.</summary>
    private const int NightsBefore = 14;
    private const int FewestNights = 3;

    public string Name => "band";

    public string Well => string.Create(
        CultureInfo.InvariantCulture, $"Every source announced about as much as before: no more than {options.BandBelowPercent:0.#} % below and {options.BandAbovePercent:0.#} % above the median of up to {NightsBefore} complete nights.");

    public string Do => "Compare the arms' counts (`cartingest search`) with the source's own search page. If the change is true, nothing is to be done: the band follows within days. If a strategy lost or gained a part, mend it and look with `cartingest search --diff`.";

    public async Task<IReadOnlyList<Raised>> LookAsync(StoreContext store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var raised = new List<Raised>();
        foreach (var source in places.Sources)
        {
            var counts = await store.RunSources.Where(row => row.Source == source && row.Complete).OrderByDescending(row => row.RunId).Take(NightsBefore + 1).Select(row => row.Announced).ToListAsync(cancellationToken);
            if (counts.Count > FewestNights && Says(source, counts[0], Median(counts[1..])) is { } says)
            {
                raised.Add(new Raised(source, says));
            }
        }

        return raised;
    }

    private string? Says(string source, int count, double median)
    {
        var away = count - median;
        var allowed = median * (away < 0 ? options.BandBelowPercent : options.BandAbovePercent) / 100;
        return Math.Abs(away) <= Math.Max(allowed, options.BandAtLeast)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{SourceNames.Of(source)} announced {count:N0} records on its last complete night; the median of the nights before is {median:N0}.");
    }

    private static double Median(IEnumerable<int> counts)
    {
        var ordered = counts.Order().ToList();
        return (ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2.0;
    }
}
