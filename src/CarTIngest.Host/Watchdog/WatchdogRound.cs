using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Watchdog;

/// <summary>
/// One look at every condition. What is newly wrong becomes an alarm, what is wrong no more ends its alarm, and the operators are told of both by mail, in one transaction: an alarm that was told was written down.
/// </summary>
public sealed partial class WatchdogRound(StoreFactory stores, ConditionList conditions, WatchdogOptions options, AlarmMail mail, TimeProvider clock, ILogger<WatchdogRound> log)
{
    /// <returns>The alarms that last.</returns>
    public async Task<IReadOnlyList<Alarm>> LookAsync(CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var now = clock.GetUtcNow();
        var seen = new Dictionary<(string Condition, string Subject), Raised>();
        foreach (var condition in conditions.All)
        {
            foreach (var raised in await condition.LookAsync(store, now, cancellationToken))
            {
                seen[(condition.Name, raised.Subject)] = raised;
            }
        }

        await using var transaction = await store.Database.BeginTransactionAsync(cancellationToken);
        var open = await store.Alarms.Where(alarm => alarm.Until == null).ToListAsync(cancellationToken);
        foreach (var alarm in open)
        {
            if (seen.Remove((alarm.Condition, alarm.Subject), out var still))
            {
                alarm.Says = still.Says;
            }
            else
            {
                alarm.Until = now;
                AlarmEnded(alarm.Condition, alarm.Subject);
            }
        }

        var begun = seen.Select(one => new Alarm { Condition = one.Key.Condition, Subject = one.Key.Subject, Says = one.Value.Says, Since = now }).ToList();
        foreach (var alarm in begun)
        {
            AlarmBegan(alarm.Condition, alarm.Says);
        }

        store.Alarms.AddRange(begun);
        // With their numbers, by which mail is told apart.
        await store.SaveChangesAsync(cancellationToken);
        await TellAsync(store, [.. open, .. begun], now, cancellationToken);
        await store.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return [.. open.Concat(begun).Where(alarm => alarm.Until is null)];
    }

    private async Task TellAsync(StoreContext store, IReadOnlyList<Alarm> alarms, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var alarm in alarms)
        {
            // Its end is told to whoever was told of its beginning.
            var due = alarm.Until is null
                ? alarm.ToldAt is { } told ? now - told >= TimeSpan.FromHours(options.RemindAfterHours) : now - alarm.Since >= TimeSpan.FromMinutes(options.TellAfterMinutes)
                : alarm.ToldAt is not null;
            if (due)
            {
                await mail.WriteAsync(store, alarm, conditions.Do(alarm.Condition), now, cancellationToken);
                alarm.ToldAt = now;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Alarm {Condition}: {Says}")]
    private partial void AlarmBegan(string condition, string says);

    [LoggerMessage(Level = LogLevel.Information, Message = "Alarm {Condition} {Subject} has ended.")]
    private partial void AlarmEnded(string condition, string subject);
}
