using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using CarTIngest.Sources;

namespace CarTIngest.Host.Nightly;

/// <summary>Takes a source's census and tells from it, and from what is held, what the night is to fetch. What it began with is kept first.</summary>
public sealed class PlanStage(CensusStage censuses, Holdings holdings, NightLedger ledger, IncludedReports included, NightArms arms, TimeProvider clock)
{
    /// <exception cref="SourceDownException">The source does not answer so that its answer can be trusted.</exception>
    public async Task<PlannedNight> PlanAsync(ISource source, NightRequest request, IRawArchive archive, CancellationToken cancellationToken)
    {
        using var span = NightTrace.Stage("census", source.Name);
        var mark = await ledger.WatermarkAsync(source.Name, cancellationToken);
        var before = await holdings.OfAsync(source.Name, cancellationToken);
        var strategy = await arms.OfAsync(source, cancellationToken);
        var followed = await arms.FollowingAsync(source, cancellationToken);
        var asked = source.Searching([.. strategy.Strategy.Arms, .. followed.Arms]);
        // The review folder's list, and what people included since or brought in from elsewhere.
        var everyNight = included.Ids.Union(followed.Included).ToHashSet();
        var began = BeforeNight.Of(mark, asked.Arms, everyNight, before).Write();
        await archive.KeepAsync(new RawAnswer(source.Name, StoredAnswer.Held, "", 0, began), cancellationToken);
        var taken = await censuses.TakeAsync(asked, request, mark, before, archive, cancellationToken);
        var plan = FetchPlan.Make(taken.Census, before.ToDictionary(pair => pair.Key, pair => pair.Value.Mark), source.Reread, everyNight, taken.ReadWhole, taken.Believed, clock.GetUtcNow());
        return new PlannedNight(before, taken, plan, strategy);
    }
}

/// <param name="Before">What was held when the night began.</param>
/// <param name="Strategy">By which the source was asked.</param>
public sealed record PlannedNight(IReadOnlyDictionary<RecordId, HeldStanding> Before, TakenCensus Taken, FetchPlan Plan, StrategyInForce Strategy);
