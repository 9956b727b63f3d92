namespace CarTIngest.Host.Nightly;

/// <summary>Once a week everything held is read again, whatever the source says of what changed: on Sunday's night, or on the first night after one that did not come to it.</summary>
public static class WeeklyReading
{
    public const DayOfWeek Day = DayOfWeek.Sunday;

    /// <param name="last">The last complete night on which everything was read; null before the first.</param>
    public static ReadingScope ScopeOf(DateOnly night, DateOnly? last)
    {
        var due = night.AddDays(-(((int)night.DayOfWeek - (int)Day + 7) % 7));
        // A reading dated after tonight was dated by a clock that ran ahead: it counts for nothing.
        return last is { } read && read >= due && read <= night ? ReadingScope.AsDue : ReadingScope.Whole;
    }
}
