namespace CarTIngest.Host.Watchdog;

/// <summary>Section <c>Watchdog</c>: from when on a condition is one.</summary>
public sealed record WatchdogOptions
{
    /// <summary>Hours without a night that came to its end. A night a day and some patience.</summary>
    public double SilenceHours { get; init; } = 30;

    /// <summary>Nights in a row that were not complete.</summary>
    public int IncompleteNights { get; init; } = 2;

    /// <summary>How far below the median of the complete nights before a count may lie.</summary>
    public double BandBelowPercent { get; init; } = 10;

    /// <summary>How far above it.</summary>
    public double BandAbovePercent { get; init; } = 25;

    /// <summary>Records; a smaller distance from the median is within the band whatever its share.</summary>
    public int BandAtLeast { get; init; } = 20;

    /// <summary>Days after which a member of an answer that the readers do not know is no news any more.</summary>
    public int DriftKnownAfterDays { get; init; } = 14;

    /// <summary>Pieces that came within seven nights and lie in quarantine.</summary>
    public int QuarantinedPerWeek { get; init; } = 5;

    /// <summary>Hours that a message may wait for its hand-over.</summary>
    public double OutboxHours { get; init; } = 2;

    /// <summary>MiB that must be free where the store and the mail lie.</summary>
    public long DiskFreeMiB { get; init; } = 2048;

    /// <summary>Minutes that a condition must last before somebody is told: what mends itself needs no mail.</summary>
    public double TellAfterMinutes { get; init; } = 15;

    /// <summary>Hours after which a condition that lasts is told once more.</summary>
    public double RemindAfterHours { get; init; } = 72;

    /// <summary>Everything that is wrong with these settings, a sentence each; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults() => [.. new (bool Holds, string Rule)[]
    {
        (SilenceHours is >= 1 and <= 24 * 365, "SilenceHours is 1 to 8760."),
        (IncompleteNights is >= 1 and <= 365, "IncompleteNights is 1 to 365."),
        (BandBelowPercent is > 0 and <= 100, "BandBelowPercent is more than 0, to 100."),
        (BandAbovePercent > 0, "BandAbovePercent is more than 0."),
        (BandAtLeast >= 0, "BandAtLeast is 0 or more."),
        (DriftKnownAfterDays is >= 1 and <= 3650, "DriftKnownAfterDays is 1 to 3650."),
        (QuarantinedPerWeek >= 1, "QuarantinedPerWeek is 1 or more."),
        (OutboxHours is > 0 and <= 24 * 365, "OutboxHours is more than 0, to 8760."),
        (DiskFreeMiB >= 1, "DiskFreeMiB is 1 or more."),
        (TellAfterMinutes is >= 0 and <= 60 * 24 * 7, "TellAfterMinutes is 0 to 10080."),
        (RemindAfterHours is >= 1 and <= 24 * 365, "RemindAfterHours is 1 to 8760."),
    }.Where(rule => !rule.Holds).Select(rule => rule.Rule)];
}
