using CarTIngest.Reporting;

namespace CarTIngest.Host.Storage.Model;

/// <summary>One night's run: when, by which versions, and how it ended.</summary>
public sealed class Run
{
    public long Id { get; init; }

    public required DateOnly Night { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null while it runs, and when the process died in it until the next run closes its book.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public required string ProductVersion { get; init; }

    /// <summary>Content hash of the rulebook that judged; null where the run did not come to judging.</summary>
    public string? Rulebook { get; set; }

    /// <summary>The number of the last human decision that was known when records were matched; null where the run did not come to that.</summary>
    public long? KnownDecision { get; set; }

    /// <summary>The number of the last change that the run weighed for another look; null where it did not come to that.</summary>
    public long? WeighedChange { get; set; }

    public bool Complete { get; set; }

    /// <summary>The night as <c>run --json</c> writes it; null until the end.</summary>
    public string? Report { get; set; }

    /// <summary>Ends it with its report.</summary>
    internal void Close(NightReport report, DateTimeOffset at) => (EndedAt, Complete, Report) = (at, report.Complete, NightReportJson.Write(report));
}

/// <summary>One source within a run.</summary>
public sealed class RunSource
{
    /// <summary>In the place of a reader's version: the run was cut short before the source's book was closed.</summary>
    public const string NoReader = "";

    public required long RunId { get; init; }

    public required string Source { get; init; }

    public required bool Complete { get; init; }

    public required int Announced { get; init; }

    public required string ReaderVersion { get; init; }

    public string? DataVersionBefore { get; init; }

    public string? DataVersionAfter { get; init; }

    /// <summary>Whether the whole scope was read again.</summary>
    public required bool ReadWhole { get; init; }

    public DateOnly? WatermarkBefore { get; init; }

    public DateOnly? WatermarkAfter { get; init; }

    /// <summary>The sums and names, as JSON.</summary>
    public required string Sums { get; init; }

    /// <summary>What the reader met and did not know, as JSON: path and count.</summary>
    public required string Drift { get; init; }
}

/// <summary>One arm within a run: the strategy as sent and how the source took it.</summary>
public sealed class RunArm
{
    public required long RunId { get; init; }

    public required string Source { get; init; }

    public required string Arm { get; init; }

    public required string Title { get; init; }

    public required string Sent { get; init; }

    public required long Count { get; init; }

    public required int Listed { get; init; }

    public string? Translation { get; init; }

    /// <summary>A JSON array.</summary>
    public required string Warnings { get; init; }

    public string? WhyNotProven { get; init; }
}

/// <summary>A record named by a run: missing, unavailable, quarantined, left or gone, and why.</summary>
public sealed class RunNamed
{
    public required long RunId { get; init; }

    public required string Source { get; init; }

    public required string Kind { get; init; }

    public required string RecordId { get; init; }

    public required string Why { get; init; }
}

/// <summary>The last complete night of a source.</summary>
public sealed class Watermark
{
    public required string Source { get; init; }

    public required DateOnly Night { get; set; }

    /// <summary>The last complete night on which the whole scope was read.</summary>
    public DateOnly? ReadWhole { get; set; }
}
