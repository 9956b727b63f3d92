using System.Globalization;

namespace CarTIngest.Host.Web;

/// <summary>What all pages share: the zone in which they tell times, when the next night begins, and whether this is the demo.</summary>
/// <param name="NextNight">The beginning of the first night after a moment.</param>
public sealed record PageFrame(TimeZoneInfo Zone, Func<DateTimeOffset, DateTimeOffset> NextNight, PageAccess Access)
{
    public bool Demo => Access == PageAccess.DemoOnLoopback;

    /// <summary>To the minute, with the zone: operators sit in several.</summary>
    public string Moment(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).ToString("d MMM yyyy, HH:mm 'UTC'zzz", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}

/// <summary>Who may see the pages.</summary>
public enum PageAccess
{
    /// <summary>Who has logged in, each by the roles.</summary>
    ByLogin,

    /// <summary>Who sits at this machine; the records are invented.</summary>
    DemoOnLoopback,
}
