using System.Globalization;
using System.Text.Json;
using CarTIngest.Host.Storage;
using CarTIngest.Reporting;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Watchdog.Conditions;

/// <summary>A source's answers hold members or values that the readers do not know, and did not some days ago.</summary>
internal sealed class SchemaDrift(WatchdogOptions options, WatchedPlaces places) : ICondition
{
    private const int Named = 5;

    public string Name => "drift";

    public string Well => string.Create(CultureInfo.InvariantCulture, $"The sources' answers have the shape that the readers know, or have had the same unknown members for {options.DriftKnownAfterDays} days.");

    public string Do => "Nothing is lost: the bytes are kept, and what the readers know is read. Tell the developers the names: a new member may hold what the review wants.";

    public async Task<IReadOnlyList<Raised>> LookAsync(StoreContext store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var raised = new List<Raised>();
        var old = now.AddDays(-options.DriftKnownAfterDays);
        foreach (var source in places.Sources)
        {
            var rows = await store.RunSources.Where(row => row.Source == source && row.Drift != "{}").Join(store.Runs, row => row.RunId, run => run.Id, (row, run) => new { row.RunId, row.Drift, run.StartedAt }).ToListAsync(cancellationToken);
            var last = await store.RunSources.Where(row => row.Source == source).MaxAsync(row => (long?)row.RunId, cancellationToken);
            var known = rows.Where(row => row.StartedAt < old).SelectMany(row => Names(row.Drift)).ToHashSet(StringComparer.Ordinal);
            var news = rows.Where(row => row.RunId == last).SelectMany(row => Names(row.Drift)).Except(known, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            if (news.Count > 0)
            {
                raised.Add(new Raised(source, $"The answers of {SourceNames.Of(source)} hold what its reader does not know: {string.Join(", ", news.Take(Named))}{(news.Count > Named ? $" and {news.Count - Named} more" : "")}."));
            }
        }

        return raised;
    }

    private static IEnumerable<string> Names(string drift) => JsonSerializer.Deserialize<Dictionary<string, int>>(drift)?.Keys ?? Enumerable.Empty<string>();
}
