using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Reporting;
using CarTIngest.Screening;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Nightly;

/// <summary>After the sums: does every included study still come back from tonight's arms, and is it still likely? In the transaction of the report; no decision is touched.</summary>
public sealed partial class WatchStage(Protocol protocol, ILogger<WatchStage> log)
{
    /// <returns>What was lost tonight, and what was found again.</returns>
    public async Task<IReadOnlyList<WatchedLoss>> RunAsync(StoreContext store, Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(run);
        using var span = NightTrace.Stage("watch", run.Id);
        var settled = await store.RunSources.Where(row => row.RunId == run.Id && row.Complete).Select(row => row.Source).ToListAsync(cancellationToken);
        var classed = await ClassedStudies.OfAsync(store, await DecisionBook.StateAsync(store, protocol, cancellationToken), cancellationToken);
        var told = await WatchBook.WriteAsync(store, classed, settled.ToHashSet(StringComparer.Ordinal), run.Id, run.Night, cancellationToken);
        foreach (var loss in told.Where(loss => loss.Until is null))
        {
            ReportLost(loss.Id.Text, loss.Study, loss.Lost, loss.Because);
        }

        return told;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Record} of the included study {Study} is lost, by {Lost}: {Because}")]
    private partial void ReportLost(string record, string study, string lost, string because);
}
