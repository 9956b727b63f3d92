using CarTIngest.Host.Watchdog.Conditions;

namespace CarTIngest.Host.Watchdog;

/// <summary>All conditions, in the order in which an operator reads them.</summary>
public sealed class ConditionList
{
    public ConditionList(WatchdogOptions options, WatchedPlaces places)
    {
        Disk = new FullDisk(options, places);
        All =
        [
            new Silence(options, places),
            new Incomplete(options, places),
            new OutOfBand(options, places),
            new SchemaDrift(options, places),
            new GrowingQuarantine(options),
            new StuckOutbox(options),
            Disk,
        ];
    }

    public IReadOnlyList<ICondition> All { get; }

    /// <summary>The one that can be looked at before there is a store.</summary>
    public FullDisk Disk { get; }

    /// <summary>What to do about an alarm; empty for a condition that another version knew.</summary>
    public string Do(string condition) => condition == Seen.BlindAlarm ? Seen.Do : All.FirstOrDefault(one => one.Name == condition)?.Do ?? "";
}
