using System.Globalization;
using CarTIngest.Reporting;

namespace CarTIngest.Host.Web;

/// <summary>How a source's night went, in a sentence.</summary>
internal static class NightWords
{
    public static string Of(SourceNight source) => source.Complete
        ? string.Create(CultureInfo.InvariantCulture, $"{source.Announced:N0} matched, {source.Held:N0} held, {source.New:N0} new. Complete.")
        : $"Not complete. {string.Join(" ", source.Why)} Nothing was lost; the next night asks again.";
}
