using CarTIngest.Host.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>The few numbers by which a monitor tells whether all is well.</summary>
public sealed class StoreNumbers(StoreFactory stores, TimeProvider clock)
{
    public async Task<IReadOnlyList<StoreNumber>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var store = stores.Open();
        var numbers = new List<StoreNumber>();
        var now = clock.GetUtcNow();
        foreach (var (source, at) in await LastCompleteAsync(store, cancellationToken))
        {
            numbers.Add(new StoreNumber(StoreNumber.LastSuccess, at.ToUnixTimeSeconds(), [new("source", source)]));
            numbers.Add(new StoreNumber(StoreNumber.Lag, Math.Max(0, (now - at).TotalSeconds), [new("source", source)]));
        }

        var held = await store.Records.Where(record => record.Standing != Standing.Gone).GroupBy(record => record.Source).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        numbers.AddRange(held.Select(source => new StoreNumber(StoreNumber.Held, source.Count, [new("source", source.Key)])));
        numbers.Add(new StoreNumber(StoreNumber.Quarantine, await store.Quarantine.CountAsync(entry => entry.Open, cancellationToken), []));
        numbers.Add(new StoreNumber(StoreNumber.Lost, await store.Losses.CountAsync(loss => loss.UntilNight == null, cancellationToken), []));
        var messages = await OutboxBook.ByStateAsync(store, cancellationToken);
        // Every state always: a line that comes and goes cannot be watched.
        numbers.AddRange(Enum.GetValues<OutboxState>().Select(state => new StoreNumber(StoreNumber.Outbox, messages.GetValueOrDefault(state), [new("state", state.ToString())])));
        var alarms = await store.Alarms.Where(alarm => alarm.Until == null).GroupBy(alarm => alarm.Condition).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        numbers.AddRange(alarms.Select(alarm => new StoreNumber(StoreNumber.Alarms, alarm.Count, [new("condition", alarm.Key)])));
        return numbers;
    }

    private static async Task<IReadOnlyList<KeyValuePair<string, DateTimeOffset>>> LastCompleteAsync(StoreContext store, CancellationToken cancellationToken)
    {
        // A run that was cut short before it judged is no success, though its sources were complete.
        var last = await store.RunSources.Where(row => row.Complete && row.ReaderVersion != RunSource.NoReader)
            .Join(store.Runs.Where(run => run.WeighedChange != null), row => row.RunId, run => run.Id, (row, run) => new { row.Source, run.EndedAt })
            .GroupBy(ended => ended.Source).Select(ended => new { Source = ended.Key, At = ended.Max(one => one.EndedAt) }).ToListAsync(cancellationToken);
        return [.. last.Where(ended => ended.At is not null).Select(ended => KeyValuePair.Create(ended.Source, ended.At!.Value))];
    }
}

/// <param name="Name">The metric's.</param>
public sealed record StoreNumber(string Name, double Value, IReadOnlyList<KeyValuePair<string, object?>> Tags)
{
    public const string LastSuccess = "cartingest.last_success.timestamp";
    public const string Lag = "cartingest.lag";
    public const string Held = "cartingest.held";
    public const string Quarantine = "cartingest.quarantine";
    public const string Outbox = "cartingest.outbox";
    public const string Alarms = "cartingest.alarms";
    public const string Lost = "cartingest.lost";
}
