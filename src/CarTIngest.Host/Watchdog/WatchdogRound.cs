using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;

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
        var looks = new List<Seen>();
        foreach (var condition in conditions.All)
        {
            looks.Add(await Seen.AtAsync(condition, store, now, cancellationToken));
        }

        await using var transaction = await store.Database.BeginTransactionAsync(cancellationToken);
        var wrong = new Dictionary<(string Condition, string Subject), string>();
        foreach (var (condition, raised) in looks.SelectMany(look => look.Alarms()))
        {
            wrong[(condition, raised.Subject)] = raised.Says;
            if (await AlarmBook.BeginAsync(store, condition, raised.Subject, raised.Says, now, cancellationToken))
            {
                AlarmBegan(condition, raised.Says);
            }
        }

        // With their numbers, by which mail is told apart.
        var open = await AlarmBook.OpenAsync(store, cancellationToken);
        foreach (var alarm in open)
        {
            if (wrong.TryGetValue((alarm.Condition, alarm.Subject), out var says))
            {
                alarm.Says = says;
            }
            else if (IsOver(alarm, looks, now))
            {
                alarm.Until = now;
                AlarmEnded(alarm.Condition, alarm.Subject);
            }
        }

        await TellAsync(store, [.. open.Where(alarm => alarm.Until is not null || wrong.ContainsKey((alarm.Condition, alarm.Subject)))], now, cancellationToken);
        await store.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return [.. open.Where(alarm => alarm.Until is null)];
    }

    /// <summary>Whether this round, which did not find it wrong any more, knows that it is not. What another machine alone can see is over when that machine, whose turn to look comes by chance, reminded of nothing for twice as long as it should: it is gone.</summary>
    private bool IsOver(Alarm alarm, List<Seen> looks, DateTimeOffset now)
    {
        var look = looks.Find(one => one.Condition.Name == alarm.Condition);
        return look is null || look.TellsOf(alarm.Subject) || (look.Blind is null && now - (alarm.ToldAt ?? alarm.Since) > 2 * TimeSpan.FromHours(options.RemindAfterHours));
    }

    private async Task TellAsync(StoreContext store, IReadOnlyList<Alarm> alarms, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var alarm in alarms)
        {
            // Its end is told to whoever was told of its beginning.
            var due = alarm.Until is null
                ? alarm.ToldAt is { } told ? now - told >= TimeSpan.FromHours(options.RemindAfterHours) : now - alarm.Since >= TimeSpan.FromMinutes(options.TellAfterMinutes)
                : alarm.ToldAt is not null;
            if (due && await mail.WriteAsync(store, alarm, conditions.Do(alarm.Condition), now, cancellationToken) > 0)
            {
                // Where there is no operator yet, nobody was told; the first one there is will be.
                alarm.ToldAt = now;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Alarm {Condition}: {Says}")]
    private partial void AlarmBegan(string condition, string says);

    [LoggerMessage(Level = LogLevel.Information, Message = "Alarm {Condition} {Subject} has ended.")]
    private partial void AlarmEnded(string condition, string subject);
}
