using System.Globalization;
using CarTIngest.Host.Storage;

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

    /// <summary>The beginning of the first night after a moment.</summary>
    public DateTimeOffset NextAfter(DateTimeOffset moment)
    {
        var night = NightOf(moment);
        while (BeginningOf(night) <= moment)
        {
            night = night.AddDays(1);
        }

        return BeginningOf(night);
    }

    /// <summary>From its beginning, and before the next one's. A date that a zone left out (Samoa, 30 December 2011) has no beginning of its own.</summary>
    public NightSpan SpanOf(DateOnly night)
    {
        var (from, next) = (BeginningOf(night), night.AddDays(1));
        while (BeginningOf(next) <= from)
        {
            next = next.AddDays(1);
        }

        return new NightSpan(from, BeginningOf(next));
    }

    /// <summary>The moment at which a night begins: the first at which the zone's clock shows its hour or, where the clock was put forward over it, a later one. So the scheduler has it too.</summary>
    public DateTimeOffset BeginningOf(DateOnly night)
    {
        var zone = Zone;
        var local = night.ToDateTime(Begins, DateTimeKind.Unspecified);
        return zone.IsInvalidTime(local) ? FirstAfterTheSkip(zone, local)
            : new DateTimeOffset(local, zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local));
    }

    /// <summary>The moment at which a zone's clock was put forward over a time, to the second.</summary>
    private static DateTimeOffset FirstAfterTheSkip(TimeZoneInfo zone, DateTime skipped)
    {
        var around = new DateTimeOffset(skipped, TimeSpan.Zero).ToUnixTimeSeconds();
        // No zone is further than 14 hours from UTC.
        var (before, after) = (around - (15 * 3600), around + (15 * 3600));
        while (after - before > 1)
        {
            var middle = before + ((after - before) / 2);
            var shown = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(middle), zone).DateTime;
            (before, after) = shown < skipped ? (middle, after) : (before, middle);
        }

        return TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(after), zone);
    }
}
