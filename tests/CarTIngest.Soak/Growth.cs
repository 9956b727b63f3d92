using System.Globalization;

namespace CarTIngest.Soak;

/// <summary>
/// How much a process grows, by least squares over the second half of its nights; the first half is for compiling, pools and caches to fill. A line through few
/// nights says more than it knows, so growth is never judged by less than one allowance in all.
/// </summary>
internal static class Growth
{
    private const double Megabyte = 1 << 20;
    private const double NightsOfAllowance = 1000;

    /// <summary>What may be added in 1,000 nights. Resident memory moves in steps of the collector's regions, live memory does not.</summary>
    private static readonly (string What, string Unit, double Allowance, Func<Sample, double> Of)[] Figures =
    [
        ("live memory", "MB", 1, sample => sample.Live / Megabyte),
        ("resident memory", "MB", 8, sample => sample.Resident / Megabyte),
        ("handles", "", 4, sample => sample.Handles),
        ("threads", "", 4, sample => sample.Threads),
    ];

    public static bool Judge(IReadOnlyList<Sample> samples)
    {
        var late = samples.Skip(samples.Count / 2).ToList();
        var nights = late[^1].Night - late[0].Night;
        var flat = true;
        foreach (var (what, unit, allowance, of) in Figures)
        {
            var slope = Slope([.. late.Select(sample => ((double)sample.Night, of(sample)))]);
            var grew = slope * nights > allowance * Math.Max(1, nights / NightsOfAllowance);
            flat &= !grew;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {slope * NightsOfAllowance:+0.00;-0.00;0.00} {unit} in 1,000 nights, by nights {late[0].Night} to {late[^1].Night}; {allowance} allowed. {(grew ? "It grows." : "Flat.")}"));
        }

        return flat;
    }

    private static double Slope(IReadOnlyList<(double X, double Y)> points)
    {
        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        return points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
    }
}
