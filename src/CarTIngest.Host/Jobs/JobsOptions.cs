namespace CarTIngest.Host.Jobs;

/// <summary>Section <c>Jobs</c>: how a worker takes jobs.</summary>
public sealed record JobsOptions
{
    /// <summary>Jobs that one worker does at a time. Two: a night takes long, and mail should not wait for it.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>On PostgreSQL: seconds after the last sign of life of a job's worker after which another takes the job. A worker at work gives a sign five times in it.</summary>
    public int InvisibilitySeconds { get; init; } = 300;

    /// <summary>Everything that is wrong with these settings, a sentence each; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults() => [.. new (bool Holds, string Rule)[]
    {
        (Workers is >= 1 and <= 32, "Workers is 1 to 32."),
        (InvisibilitySeconds is >= 30 and <= 86_400, "InvisibilitySeconds is 30 to 86400."),
    }.Where(rule => !rule.Holds).Select(rule => rule.Rule)];
}
