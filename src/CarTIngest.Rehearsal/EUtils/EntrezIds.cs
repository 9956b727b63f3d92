using CarTIngest.Records;

namespace CarTIngest.Rehearsal.EUtils;

/// <summary>Lists of PMIDs as callers send them.</summary>
internal static class EntrezIds
{
    private static readonly char[] Separators = [',', ' ', '\t', '\r', '\n'];

    /// <summary>The ids in their order, each once; what is none is left out.</summary>
    public static IReadOnlyList<Pmid> In(string? list)
    {
        var ids = new List<Pmid>();
        foreach (var text in (list ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (Pmid.TryParse(text, out var id))
            {
                ids.Add(id);
            }
        }

        return [.. ids.Distinct()];
    }
}
