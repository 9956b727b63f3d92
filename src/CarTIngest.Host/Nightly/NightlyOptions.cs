using CarTIngest.Sources;

namespace CarTIngest.Host.Nightly;

/// <summary>Section <c>Nightly</c>: how far a census is believed, and how far back changes are looked for.</summary>
public sealed record NightlyOptions
{
    /// <summary>Days before tonight from which changes are asked for at least; further back when the last complete night is older. 30 by the field's experience: indexing runs late.</summary>
    public int ChangeWindowDays { get; init; } = 30;

    /// <summary>An arm that loses more than this from one complete night to the next is asked again and then refused.</summary>
    public double ToleratedShrinkPercent { get; init; } = 10;

    /// <summary>Records; only a loss of more than so many is held against an arm.</summary>
    public int Plenty { get; init; } = 10;

    /// <summary>Seconds between a census that shrank and the second look.</summary>
    public double SecondLookAfterSeconds { get; init; } = 60;

    public ShrinkLimits Shrink => new(ToleratedShrinkPercent, Plenty);
}
