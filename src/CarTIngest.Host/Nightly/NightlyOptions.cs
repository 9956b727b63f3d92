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

    /// <summary>Everything that is wrong with these settings, a sentence each; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults() => [.. new (bool Holds, string Rule)[]
    {
        (ChangeWindowDays is >= 1 and <= 3650, "ChangeWindowDays is 1 to 3650."),
        (ToleratedShrinkPercent is >= 0 and <= 100, "ToleratedShrinkPercent is 0 to 100."),
        (Plenty >= 0, "Plenty is 0 or more."),
        (SecondLookAfterSeconds is >= 0 and <= 3600, "SecondLookAfterSeconds is 0 to 3600."),
    }.Where(rule => !rule.Holds).Select(rule => rule.Rule)];

    public ShrinkLimits Shrink => new(ToleratedShrinkPercent, Plenty);
}
