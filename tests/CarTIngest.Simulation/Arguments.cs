using System.Globalization;

namespace CarTIngest.Simulation;

/// <param name="Nights">Worlds are begun until so many nights were simulated.</param>
/// <param name="Seed">Of the first world; each next one has the next seed.</param>
/// <param name="Show">One world alone, step by step.</param>
internal sealed record Arguments(long Nights, ulong Seed, bool Show)
{
    public const string Usage = "usage: simulate --nights N [--seed S] | simulate --show --seed S";

    /// <returns>Null when they are not understood.</returns>
    public static Arguments? Read(IReadOnlyList<string> words)
    {
        var read = new Arguments(0, 1, Show: false);
        for (var at = 0; at < words.Count; at++)
        {
            var value = at + 1 < words.Count ? words[at + 1] : "";
            switch (words[at])
            {
                case "--nights" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var nights) && nights > 0:
                    (read, at) = (read with { Nights = nights }, at + 1);
                    break;
                case "--seed" when ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed):
                    (read, at) = (read with { Seed = seed }, at + 1);
                    break;
                case "--show":
                    read = read with { Show = true };
                    break;
                default:
                    return null;
            }
        }

        return read.Show || read.Nights > 0 ? read : null;
    }
}
