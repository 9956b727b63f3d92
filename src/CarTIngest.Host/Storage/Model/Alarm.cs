namespace CarTIngest.Host.Storage.Model;

/// <summary>A condition that the watchdog found, from when it began until it ended.</summary>
public sealed class Alarm
{
    public long Id { get; init; }

    /// <summary>The condition's name, such as silence.</summary>
    public required string Condition { get; init; }

    /// <summary>What it is about, such as a source; empty where there is one only.</summary>
    public required string Subject { get; init; }

    /// <summary>What is so, with its numbers; as it was when it was last looked at.</summary>
    public required string Says { get; set; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>Null while it lasts.</summary>
    public DateTimeOffset? Until { get; set; }

    /// <summary>When the operators were last told.</summary>
    public DateTimeOffset? ToldAt { get; set; }
}
