using System.Text.Json;
using CarTIngest.Host.Storage;

namespace CarTIngest.Host.Watchdog;

/// <summary>What one look at a condition found. A row that cannot be read blinds its condition and no other.</summary>
/// <param name="Blind">Why the condition could not be looked at; null where it could.</param>
public sealed record Seen(ICondition Condition, IReadOnlyList<Raised> Raised, string? Blind)
{
    /// <summary>The alarm of a condition that could not be looked at; its subject is the condition's name.</summary>
    public const string BlindAlarm = "watchdog";

    /// <summary>What to do about it.</summary>
    public const string Do = "Nothing is lost, but nobody watches for what is named. Run `cartingest verify`; if it finds the store whole, tell the developers the words above.";

    public static async Task<Seen> AtAsync(ICondition condition, StoreContext store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(condition);
        try
        {
            return new Seen(condition, await condition.LookAsync(store, now, cancellationToken), null);
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException or InvalidCastException or OverflowException or StoreDamagedException)
        {
            return new Seen(condition, [], $"Nobody can tell whether there is anything to say of {condition.Name}: what the store holds of it cannot be read. {unreadable.Message}");
        }
    }

    /// <summary>The alarms that are to last after this look.</summary>
    public IEnumerable<(string Condition, Raised Raised)> Alarms() => Blind is { } says ? [(BlindAlarm, new Raised(Condition.Name, says))] : Raised.Select(one => (Condition.Name, one));

    /// <summary>Whether this look tells that an alarm of this condition is over when it did not find it.</summary>
    public bool TellsOf(string subject) => Blind is null && Condition.Covers(subject);
}
