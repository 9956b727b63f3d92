using System.Globalization;

namespace CarTIngest.Soak;

/// <summary>
/// How much a process grows, by least squares over the second half of its nights; the first half is for compiling, pools and caches to fill. A line through
/// few nights says more than it knows: below a thousand nights only the growth itself is judged, and more coarsely.
/// </summary>
internal static class Growth
{
    private const double Megabyte = 1 << 20;
    private const int Many = 1000;

    /// <summary>What may be added in 1,000 nights, and in the second half of fewer.</summary>
    private static readonly (string What, string Unit, double InMany, double InFew, Func<Sample, double> Of)[] Figures =
    [
        ("live memory", " MB", 1, 1, sample => sample.Live / Megabyte),
        // Resident memory steps by whole arenas: a thread or a connection more is 5 MB at once, so a few nights tell only of a megabyte and more a night.
        ("resident memory", " MB", 2, 24, sample => sample.Resident / Megabyte),
        ("handles", "", 2, 4, sample => sample.Handles),
        ("threads", "", 2, 4, sample => sample.Threads),
    ];

    public static bool Judge(IReadOnlyList<Sample> samples)
    {
        var late = samples.Skip(samples.Count / 2).ToList();
        var nights = late[^1].Night - late[0].Night;
        var flat = true;
        foreach (var (what, unit, inMany, inFew, of) in Figures)
        {
            var slope = Slope([.. late.Select(sample => ((double)sample.Night, of(sample)))]);
            var grew = samples[^1].Night >= Many ? slope * Many > inMany : slope * nights > inFew;
            flat &= !grew;
            var allowed = samples[^1].Night >= Many ? $"{inMany}{unit} allowed" : $"{inFew}{unit} allowed in these {nights}";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {slope * Many:+0.00;-0.00;0.00}{unit} in {Many} nights, by nights {late[0].Night} to {late[^1].Night}; {allowed}. {(grew ? "It grows." : "Flat.")}"));
        }

        return flat;
    }

    private static double Slope(IReadOnlyList<(double X, double Y)> points)
    {
        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        return points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
    }
}
