namespace CarTIngest.Sources;

/// <summary>
/// Arms that no file of the review folder holds: they are built every night from the studies that people follow, and find reports of what is known already. What they bring
/// counts as identified by other methods, and that they match a record says nothing for the strategy.
/// </summary>
public static class BuiltArms
{
    /// <summary>Reports of trials that people included or follow as ongoing, by the trials' numbers.</summary>
    public const string TrialReports = "L";

    /// <summary>Papers that cite included reports.</summary>
    public const string Citations = "X";

    /// <summary>Every name that a strategy's own arms may not have.</summary>
    public static IReadOnlyList<string> Names { get; } = [TrialReports, Citations];

    /// <summary>Why what an arm matches can never be proven; null where a census proves it or says why not.</summary>
    public static string? WhyNeverProven(string arm) => string.Equals(arm, Citations, StringComparison.OrdinalIgnoreCase) ? "Links between papers cannot be proven: an answer without any looks like a paper that nobody cites." : null;

    public static bool IsTopical(string arm) => !Names.Contains(arm, StringComparer.OrdinalIgnoreCase);
}
