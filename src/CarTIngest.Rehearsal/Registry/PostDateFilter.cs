using System.Globalization;
using System.Text.RegularExpressions;
using CarTIngest.Rehearsal.Corpus;

namespace CarTIngest.Rehearsal.Registry;

/// <summary>The one expression that the stand-in honours: <c>AREA[LastUpdatePostDate]RANGE[a,b]</c>, both ends in; several are ANDed.</summary>
internal static partial class PostDateFilter
{
    private static readonly string[] Formats = ["yyyy-MM-dd", "yyyy-MM", "MM/dd/yyyy"];

    /// <exception cref="RefusedRequestException">A bound is no date.</exception>
    public static IEnumerable<RecordedStudy> Apply(IEnumerable<RecordedStudy> studies, string parameter, string? expression)
    {
        foreach (Match match in Range().Matches(expression ?? ""))
        {
            var from = Bound(parameter, match.Groups["from"].Value, "MIN", DateOnly.MinValue);
            var to = Bound(parameter, match.Groups["to"].Value, "MAX", DateOnly.MaxValue);
            // A study without the date is in no range, MIN to MAX included.
            studies = studies.Where(study => study.Keys.LastUpdatePosted is { } posted && posted >= from && posted <= to);
        }

        return studies;
    }

    private static DateOnly Bound(string parameter, string text, string open, DateOnly limit)
    {
        var bound = text.Trim().Trim('"');
        return bound == open ? limit
            : DateOnly.TryParseExact(bound, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
            : throw new RefusedRequestException($"Error parsing query in {parameter}: Invalid date `{bound}`");
    }

    [GeneratedRegex(@"AREA\s*\[\s*LastUpdatePostDate\s*\]\s*RANGE\s*\[(?<from>[^,\]]*),(?<to>[^\]]*)\]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Range();
}
