namespace CarTIngest.Records;

/// <summary>Counts what a reader met and did not know (elements, members, enumerated values), by path: how a source's next schema announces itself.</summary>
public sealed class DriftTally
{
    private readonly SortedDictionary<string, int> counts = new(StringComparer.Ordinal);

    /// <summary>Paths kept apart; what comes after is counted under one name, so that hostile input cannot grow the tally.</summary>
    public const int MaxPaths = 500;

    public IReadOnlyDictionary<string, int> Counts => counts;

    public void Met(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var key = counts.Count < MaxPaths || counts.ContainsKey(path) ? path : "(others)";
        counts[key] = counts.GetValueOrDefault(key) + 1;
    }
}
