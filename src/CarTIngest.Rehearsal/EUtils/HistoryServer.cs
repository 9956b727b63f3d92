using System.Globalization;
using CarTIngest.Records;

namespace CarTIngest.Rehearsal.EUtils;

/// <summary>Keeps the results of searches under WebEnv and query key, for as long as the stand-in lives.</summary>
internal sealed class HistoryServer(int seed)
{
    private readonly Lock gate = new();
    private readonly Random chance = new(seed);
    private readonly Dictionary<string, List<IReadOnlyList<Pmid>>> sets = new(StringComparer.Ordinal);

    public bool Knows(string webEnv)
    {
        lock (gate)
        {
            return sets.ContainsKey(webEnv);
        }
    }

    /// <summary>Adds to the environment named, or to a new one.</summary>
    public HistoryEntry Store(IReadOnlyList<Pmid> ids, string? webEnv)
    {
        lock (gate)
        {
            webEnv ??= NewName();
            if (!sets.TryGetValue(webEnv, out var stored))
            {
                sets[webEnv] = stored = [];
            }

            stored.Add(ids);
            return new HistoryEntry(webEnv, stored.Count);
        }
    }

    /// <summary>Null when nothing is kept under these names.</summary>
    public IReadOnlyList<Pmid>? Find(string? webEnv, string? queryKey)
    {
        lock (gate)
        {
            return webEnv is not null
                && sets.TryGetValue(webEnv, out var stored)
                && int.TryParse(queryKey, NumberStyles.None, CultureInfo.InvariantCulture, out var key)
                && key >= 1
                && key <= stored.Count
                    ? stored[key - 1]
                    : null;
        }
    }

    private string NewName()
    {
        Span<byte> bytes = stackalloc byte[12];
        chance.NextBytes(bytes);
        return "MCID_" + Convert.ToHexStringLower(bytes);
    }
}

internal sealed record HistoryEntry(string WebEnv, int QueryKey);
