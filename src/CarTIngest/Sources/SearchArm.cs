namespace CarTIngest.Sources;

/// <summary>One arm of a search strategy: a file of the review folder, <c>searches/SOURCE/NAME.txt</c>.</summary>
/// <param name="Source">pubmed or clinicaltrials.</param>
/// <param name="Name">The file's name without its ending: A, B1, U.</param>
/// <param name="Title">The first comment line, for people.</param>
/// <param name="Parameters">What is sent: <c>term</c> for PubMed; <c>query.term</c>, <c>query.cond</c>, … for the registry. Line breaks are folded to spaces.</param>
public sealed record SearchArm(string Source, string Name, string Title, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>The strategy in one line, parameters in the order of their names.</summary>
    public string Text => string.Join(" & ", Parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}"));
}
