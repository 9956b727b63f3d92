using System.Globalization;
using System.Text.RegularExpressions;
using CarTIngest.Records;

namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>
/// When an issue or a book was published: <c>(Year, ((Month, Day?) | Season)?) | MedlineDate</c>. As precise as the source and no more: a season gives
/// its year, a MedlineDate (<c>1998 Dec-1999 Jan</c>) its first year and the month that belongs to it.
/// </summary>
/// <param name="Date">Null where not even a year of four digits is given.</param>
/// <param name="MedlineDate">The free text, or null.</param>
internal sealed partial record PubDate(PartialDate? Date, string? MedlineDate)
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    public static PubDate Read(RecordXml xml, KnownElement element)
    {
        string? year = null, month = null, day = null, medlineDate = null;
        foreach (var name in xml.Children(element))
        {
            switch (name)
            {
                case "Year":
                    year ??= xml.TextOrNull();
                    break;
                case "Month":
                    month ??= xml.TextOrNull();
                    break;
                case "Day":
                    day ??= xml.TextOrNull();
                    break;
                case "MedlineDate":
                    medlineDate ??= xml.TextOrNull();
                    break;
            }
        }

        return new PubDate(year is null ? Of(medlineDate ?? "") : Of(year, MonthOf(month), NumberOf(day)), medlineDate);
    }

    /// <summary>The first year of a free text, and the first month named before another year is.</summary>
    public static PartialDate? Of(string medlineDate)
    {
        var years = Years().Matches(medlineDate);
        if (years.Count == 0)
        {
            return null;
        }

        var ofFirstYear = years.Count == 1 ? medlineDate : medlineDate[..years[1].Index];
        return Of(years[0].Value, MonthOf(MonthNames().Match(ofFirstYear) is { Success: true } match ? match.Value : null), null);
    }

    /// <summary>As much of year, month and day as exists in the calendar.</summary>
    private static PartialDate? Of(string year, int? month, int? day)
    {
        var date = PartialDate.TryParse(year, out var parsed) ? parsed : (PartialDate?)null;
        if (date is not null && month is not null && PartialDate.TryParse($"{year}-{month:00}", out parsed))
        {
            date = parsed;
            if (day is not null && PartialDate.TryParse($"{year}-{month:00}-{day:00}", out parsed))
            {
                date = parsed;
            }
        }

        return date;
    }

    private static int? MonthOf(string? month)
    {
        if (NumberOf(month) is { } number)
        {
            return number;
        }

        return month is not null && MonthNames().Match(month) is { Success: true, Index: 0 } match && match.Length == month.TrimEnd('.').Length
            ? Array.IndexOf(Months, month[..3].ToLowerInvariant()) + 1
            : null;
    }

    private static int? NumberOf(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"(?<![0-9])[0-9]{4}(?![0-9])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Years();

    [GeneratedRegex("""
        (?<!\p{L})(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)(?!\p{L})
        """, RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace, 1000)]
    private static partial Regex MonthNames();
}
