using System.Globalization;
using CarTIngest.Reporting;

namespace CarTIngest.Host.Web;

/// <summary>How a night went, in sentences; also on the command line.</summary>
internal static class NightWords
{
    public const string AskedNoSource = "It asked no source: it judged again what is held, or was cut short before it asked.";

    public const string NotEnded = "It has not ended: it is at work, or its process died in it. What it stored stays; the next night completes it.";

    public static string Of(SourceNight source) => source.Complete
        ? string.Create(CultureInfo.InvariantCulture, $"{source.Announced:N0} matched, {source.Held:N0} held, {source.New:N0} new. Complete.")
        : $"Not complete. {string.Join(" ", source.Why)} Nothing was lost; the next night asks again.";
}
