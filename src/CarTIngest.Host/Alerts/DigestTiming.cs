using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Alerts;

/// <summary>When a digest is due. By the ledger and the clock alone, so that it may be asked at any time and as often as one likes, and what was missed while nobody asked is due at once.</summary>
public sealed class DigestTiming(AlertsOptions options, AlertsPlace place, TimeProvider clock)
{
    private static readonly TimeSpan LongestNight = TimeSpan.FromHours(12);

    /// <summary>The last run that ended with nothing at work before it; 0: none.</summary>
    public async Task<long> LastEndedAsync(StoreContext store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var open = await store.Runs.Where(run => run.EndedAt == null).MinAsync(run => (long?)run.Id, cancellationToken) ?? long.MaxValue;
        return await store.Runs.Where(run => run.EndedAt != null && run.Id < open).MaxAsync(run => (long?)run.Id, cancellationToken) ?? 0;
    }

    /// <summary>The last run that had ended at a moment; 0: none.</summary>
    public async Task<long> LastBeforeAsync(StoreContext store, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return await store.Runs.Where(run => run.EndedAt != null && run.EndedAt < moment).MaxAsync(run => (long?)run.Id, cancellationToken) ?? 0;
    }

    /// <param name="told">The last run that was told.</param>
    public async Task<bool> IsDueAsync(StoreContext store, DigestRhythm rhythm, long told, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return rhythm switch
        {
            DigestRhythm.Nightly => await IsNightOverAsync(store, cancellationToken) || await EndedBeforeAsync(store, told, LastMorning(), cancellationToken),
            DigestRhythm.Weekly => await EndedBeforeAsync(store, told, LastWeekly(), cancellationToken),
            _ => false,
        };
    }

    /// <summary>The morning that came last.</summary>
    private DateTimeOffset LastMorning() => LastOf(_ => true);

    /// <summary>The weekly morning that came last.</summary>
    private DateTimeOffset LastWeekly() => LastOf(day => day.DayOfWeek == options.WeeklyOn);

    /// <summary>Whether nothing is at work and every source that is known was asked on the last night.</summary>
    private async Task<bool> IsNightOverAsync(StoreContext store, CancellationToken cancellationToken)
    {
        var longAgo = clock.GetUtcNow() - LongestNight;
        if (await store.Runs.AnyAsync(run => run.EndedAt == null && run.StartedAt > longAgo, cancellationToken))
        {
            return false;
        }

        var night = await store.Runs.Where(run => run.EndedAt != null).MaxAsync(run => (DateOnly?)run.Night, cancellationToken);
        var known = await store.RunSources.Select(row => row.Source).Distinct().CountAsync(cancellationToken);
        var asked = await store.RunSources.Where(row => store.Runs.Any(run => run.Id == row.RunId && run.Night == night)).Select(row => row.Source).Distinct().CountAsync(cancellationToken);
        return night is not null && asked == known;
    }

    private static Task<bool> EndedBeforeAsync(StoreContext store, long told, DateTimeOffset moment, CancellationToken cancellationToken) =>
        store.Runs.AnyAsync(run => run.Id > told && run.EndedAt != null && run.EndedAt <= moment, cancellationToken);

    private DateTimeOffset LastOf(Func<DateOnly, bool> isDay)
    {
        var now = clock.GetUtcNow();
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, place.Zone).DateTime);
        while (!isDay(day) || MorningOf(day) > now)
        {
            day = day.AddDays(-1);
        }

        return MorningOf(day);
    }

    private DateTimeOffset MorningOf(DateOnly day)
    {
        var local = day.ToDateTime(options.Morning, DateTimeKind.Unspecified);
        // A time that the change to summer skips is as long after midnight as it says.
        local = place.Zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(local, place.Zone.GetUtcOffset(local));
    }
}
