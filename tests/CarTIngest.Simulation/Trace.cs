using System.Globalization;

namespace CarTIngest.Simulation;

/// <summary>Every step of a world in its order, as a running hash (FNV-1a): two plays of one seed are alike when it is.</summary>
internal sealed class Trace
{
    private const ulong Prime = 0x100000001b3;
    private readonly List<string>? lines;
    private ulong hash = 0xcbf29ce484222325;

    /// <param name="kept">Whether the lines themselves are kept, to be shown.</param>
    public Trace(TraceLines kept) => lines = kept == TraceLines.Kept ? [] : null;

    public string Hash => hash.ToString("x16", CultureInfo.InvariantCulture);

    public IReadOnlyList<string> Lines => lines ?? [];

    public void Add(string line)
    {
        foreach (var sign in line)
        {
            hash = (hash ^ sign) * Prime;
        }

        hash = (hash ^ '\n') * Prime;
        lines?.Add(line);
    }
}

internal enum TraceLines
{
    Hashed,
    Kept,
}
