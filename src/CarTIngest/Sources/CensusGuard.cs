namespace CarTIngest.Sources;

/// <summary>What an arm gave on the last complete night.</summary>
public sealed record ArmBefore(string Arm, string Sent, long Count);

/// <param name="ToleratedShrinkPercent">An arm may lose so much from one complete night to the next; more is asked again and then refused.</param>
/// <param name="Plenty">Below so many records a share says little: only a loss of more than this many is held against an arm.</param>
public sealed record ShrinkLimits(double ToleratedShrinkPercent = 10, int Plenty = 10);

/// <summary>
/// Holds tonight's counts against the last complete night's, arm by arm, so that a swallowed throttle or half an answer never passes for "fewer studies".
/// An arm whose strategy was changed has no yesterday. Blind spot: what shrinks slowly, night by night, passes; those records are named as left one by one.
/// </summary>
public static class CensusGuard
{
    /// <summary>Arms that gave nothing where they gave something: asked again before they are believed.</summary>
    public static bool HasNewZero(SourceCensus census, IReadOnlyList<ArmBefore> before) =>
        census.Arms.Any(arm => arm.Count == 0 && before.Any(then => then.Arm == arm.Arm.Name && then.Sent == arm.Sent && then.Count > 0));

    /// <summary>A census that announces nothing at all while records are held is never believed, whatever was changed in the strategies.</summary>
    /// <param name="held">Records that a census announced once and that are not gone.</param>
    public static string? NothingAtAll(SourceCensus census, int held) =>
        census.Announced.Count == 0 && held > 0 ? $"No arm matches anything, and {held} records are held. That is never believed; look at the strategies (cartingest search)." : null;

    /// <summary>One sentence per arm that lost more than may be; empty when all is well.</summary>
    public static IReadOnlyList<string> Suspicions(SourceCensus census, IReadOnlyList<ArmBefore> before, ShrinkLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var yesterday = before.ToDictionary(arm => arm.Arm, StringComparer.Ordinal);
        return
        [
            .. from arm in census.Arms
               where yesterday.TryGetValue(arm.Arm.Name, out var then) && then.Sent == arm.Sent
               let then = yesterday[arm.Arm.Name].Count
               let lost = then - arm.Count
               where lost > limits.Plenty && lost > then * limits.ToleratedShrinkPercent / 100
               select $"Arm {arm.Arm.Name} matched {then} on the last complete night and {arm.Count} now, with the same strategy. Asked twice; refused. If it is true: run --set Nightly:ToleratedShrinkPercent=100, once.",
        ];
    }
}
