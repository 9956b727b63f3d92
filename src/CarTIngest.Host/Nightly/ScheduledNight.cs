using CarTIngest.Host.Storage;

namespace CarTIngest.Host.Nightly;

/// <summary>
/// A source's night as the schedule wants it: once. A night lasts from its hour to the next one's; it is made when a run that began in that time came to its end for
/// the source, complete or not, whoever asked for it. A person's run before the hour is an extra one and does not take its place.
/// </summary>
public sealed partial class ScheduledNight(NightlyRun nights, MadeNights made, NightLedger ledger, Leases leases, ScheduleOptions schedule, TimeProvider clock, ILogger<ScheduledNight> log)
{
    /// <summary>Runs for one night that died at once one after the other; then there is a pause before each, or a mistake of ours would ask the sources every minute.</summary>
    public const int TriesAtOnce = 8;

    public static readonly TimeSpan PauseBetweenTries = TimeSpan.FromMinutes(30);

    /// <summary>Makes the night that was due last, unless it is made.</summary>
    /// <returns>Whether there was anything to do.</returns>
    /// <exception cref="NightIncompleteException">The night is over and not complete.</exception>
    /// <exception cref="LeaseHeldException">Another is at work on the store; nothing was done.</exception>
    /// <exception cref="LeaseLostException">Another took over while this process stood still.</exception>
    public async Task<bool> RunAsync(string source, CancellationToken cancellationToken)
    {
        await using var lease = await leases.TakeAsync(Leases.Night, cancellationToken);
        var now = clock.GetUtcNow();
        var due = schedule.LastDue(now);
        if (await made.IsMadeAsync(source, schedule.SpanOf(due), cancellationToken))
        {
            AlreadyMade(source, due);
            return false;
        }

        // A person's run of one source may bear a later date already; history is not written backwards.
        var last = await made.LastBegunAsync(cancellationToken);
        var night = last > due && last <= schedule.NightOf(now) ? last.Value : due;
        var mark = await ledger.WatermarkAsync(source, cancellationToken);
        var report = await nights.RunAsync(new NightRequest(night, source, WeeklyReading.ScopeOf(night, mark?.ReadWhole)), lease, cancellationToken);
        return report.Complete ? true : throw NightIncompleteException.Of(report);
    }

    /// <summary>The night that is to be made now; null when it is made, or when it was tried in vain a moment ago.</summary>
    public async Task<DateOnly?> DueAsync(string source, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = schedule.LastDue(now);
        var span = schedule.SpanOf(due);
        if (await made.IsMadeAsync(source, span, cancellationToken))
        {
            return null;
        }

        var tried = await made.TriedAsync(span, cancellationToken);
        return tried.Count < TriesAtOnce || tried.Max() + PauseBetweenTries <= now ? due : null;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The night of {Source} of {Night:yyyy-MM-dd} is made already; nothing is done.")]
    private partial void AlreadyMade(string source, DateOnly night);
}
