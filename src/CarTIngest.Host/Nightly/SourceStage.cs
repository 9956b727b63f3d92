using CarTIngest.Host.Storage;
using CarTIngest.Records;
using CarTIngest.Sources;

namespace CarTIngest.Host.Nightly;

/// <summary>One source's night: census, difference with what is held, fetch, placing, reconciliation, sums.</summary>
public sealed class SourceStage(
    PlanStage plans, FetchStage fetches, Holdings holdings, NightLedger ledger, StoreFactory stores, TimeProvider clock)
{
    public async Task<SourceOutcome> RunAsync(AskedSource asked, HeldLease lease, long run, NightRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(request);
        var night = request.Night;
        var source = asked.Source;
        var (requests, bytes) = (asked.Http.Requests, asked.Http.BytesReceived);
        var archive = new RunArchive(stores, clock, run, lease);
        var (before, taken, plan, strategy) = await plans.PlanAsync(source, request, archive, cancellationToken);
        var drift = new DriftTally();
        var fetched = await fetches.RunAsync(source, plan, new PlacingOrder(source.Name, night, run, lease), taken.Census, before, archive, drift, cancellationToken);
        using var span = NightTrace.Stage("reconcile", source.Name);
        var after = await holdings.OfAsync(source.Name, cancellationToken);
        var arrivals = await ledger.ArrivedSinceLastToldAsync(source.Name, run, cancellationToken);
        var tally = NightTally.Count(taken, before, after, plan, fetched, arrivals);
        var sums = tally.Sums(source.Name, asked.Http.Requests - requests, asked.Http.BytesReceived - bytes);
        await ledger.CloseSourceAsync(
            new SourceClosing(run, night, lease, sums, source.ReaderVersion, taken.Census, taken.Believed, taken.ReadWhole, tally.Absent, tally.Named, drift.Counts) { Strategy = strategy.IsNew ? strategy.Strategy : null }, cancellationToken);
        return new SourceOutcome(sums, arrivals.Changes) { Waiting = strategy.Offered is { } offered ? WaitingWords.Of(strategy.Strategy, offered) : null };
    }
}
