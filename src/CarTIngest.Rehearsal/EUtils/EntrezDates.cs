using System.Globalization;
using CarTIngest.Rehearsal.Corpus;

namespace CarTIngest.Rehearsal.EUtils;

/// <summary>Dates of search terms: <c>yyyy</c>, <c>yyyy/MM</c> or <c>yyyy/MM/dd</c>, months and days with one digit or two.</summary>
internal static class EntrezDates
{
    private static readonly string[] Days = ["yyyy/M/d"];
    private static readonly string[] Months = ["yyyy/M"];
    private static readonly string[] Years = ["yyyy"];

    /// <summary>The first day that the text means; null when it is no date.</summary>
    public static DateOnly? First(string text) => Read(text, Days) ?? Read(text, Months) ?? Read(text, Years);

    /// <summary>The last day that the text means; null when it is no date.</summary>
    public static DateOnly? Last(string text) => Read(text, Days) ?? Read(text, Months)?.AddMonths(1).AddDays(-1) ?? Read(text, Years)?.AddYears(1).AddDays(-1);

    public static DateOnly? Of(PublicationDates dates, SearchField field) => field switch
    {
        SearchField.Created => dates.Created,
        SearchField.Entered => dates.Entered,
        SearchField.Modified => dates.Modified,
        SearchField.Indexed => dates.Indexed,
        _ => null,
    };

    private static DateOnly? Read(string text, string[] formats) =>
        DateOnly.TryParseExact(text.Trim(), formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
