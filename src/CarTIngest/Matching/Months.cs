using System.Globalization;
using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>Partial dates on one scale, to tell how far apart two lie.</summary>
internal static class Months
{
    /// <summary>Months since year 0, January being 1; a year alone counts as its June.</summary>
    public static int? Of(PartialDate? date) =>
        date is not { } given ? null : (given.Year * 12) + (given.Text.Length >= 7 ? int.Parse(given.Text.AsSpan(5, 2), CultureInfo.InvariantCulture) : 6);

    public static string Written(int? months) =>
        months is { } given ? string.Create(CultureInfo.InvariantCulture, $"{(given - 1) / 12}-{((given - 1) % 12) + 1:00}") : "?";
}
