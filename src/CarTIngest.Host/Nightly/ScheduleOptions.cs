using System.Globalization;

namespace CarTIngest.Host.Nightly;

/// <summary>Section <c>Schedule</c>: when a night begins. A night bears the date of the zone's evening.</summary>
public sealed record ScheduleOptions
{
    /// <summary>HH:mm in <see cref="TimeZone"/>. 22:30 in New York lies in NCBI's off-peak hours and after the registry's refresh.</summary>
    public string Night { get; init; } = "22:30";

    /// <summary>An IANA name.</summary>
    public string TimeZone { get; init; } = "America/New_York";

    public TimeOnly Begins => TimeOnly.ParseExact(Night, "HH:mm", CultureInfo.InvariantCulture);

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    public IReadOnlyList<string> Faults() =>
    [
        .. TimeOnly.TryParseExact(Night, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? Array.Empty<string>() : [$"Schedule:Night is '{Night}'; write a time of day as HH:mm."],
        .. TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _) ? Array.Empty<string>() : [$"Schedule:TimeZone is '{TimeZone}', which this machine does not know; write an IANA name such as America/New_York."],
    ];

    /// <summary>The night to which a moment belongs: its date in the zone.</summary>
    public DateOnly NightOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Zone).DateTime);

    /// <summary>The night that began last before a moment.</summary>
    public DateOnly LastDue(DateTimeOffset moment)
    {
        var tonight = NightOf(moment);
        return BeginningOf(tonight) <= moment ? tonight : tonight.AddDays(-1);
    }

    /// <summary>The moment at which a night begins.</summary>
    public DateTimeOffset BeginningOf(DateOnly night)
    {
        var local = night.ToDateTime(Begins, DateTimeKind.Unspecified);
        // A time that the change to summer skips is as long after midnight as it says.
        local = Zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(local, Zone.GetUtcOffset(local));
    }
}
