using CarTIngest.Eligibility;
using CarTIngest.Host.Storage;
using CarTIngest.Screening;

namespace CarTIngest.Host.Nightly;

/// <summary>
/// Judges what is held by a rulebook that came into force since the last run, without waiting for the night: one that two people adopted, or the same one read by a newer
/// version of this program. A run without sources: it judges, matches, queues and tells, as a night does when its sources are closed.
/// </summary>
public sealed partial class Rejudging(
    NightlyRun nights, Rulebook offered, Protocol protocol, StoreFactory stores, MadeNights made, Leases leases, ScheduleOptions schedule, TimeProvider clock, ILogger<Rejudging> log)
{
    /// <returns>Whether there was anything to do.</returns>
    /// <exception cref="LeaseHeldException">Another is at work on the store; a night judges by itself.</exception>
    /// <exception cref="LeaseLostException">Another took over while this process stood still.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (!await IsDueAsync(cancellationToken))
        {
            return false;
        }

        await using var lease = await leases.TakeAsync(Leases.Night, cancellationToken);
        if (!await IsDueAsync(cancellationToken))
        {
            return false;
        }

        var due = schedule.LastDue(clock.GetUtcNow());
        var last = await made.LastBegunAsync(cancellationToken);
        AnotherRulebook();
        await nights.RunAsync(NightRequest.WithoutSources(last > due ? last.Value : due), lease, cancellationToken);
        return true;
    }

    /// <summary>
    /// Whether another rulebook is in force than the one that judged last; before the first night there is nothing to judge again. What a newer version of this program judged is not judged again by this one:
    /// while one takes the other's place both are at work, and would answer each other for ever.
    /// </summary>
    private async Task<bool> IsDueAsync(CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var state = await DecisionBook.StateAsync(store, protocol, cancellationToken);
        return await RulebookShelf.LastAsync(store, cancellationToken) is not null
            && (await RulebookShelf.InForceAsync(store, offered, state, cancellationToken)).IsNew
            && !await RulebookShelf.IsOfLaterCodeAsync(store, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Another rulebook is in force than the one that judged last: everything held is judged by it now.")]
    private partial void AnotherRulebook();
}
