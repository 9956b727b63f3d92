using System.Globalization;
using CarTIngest.Records;

namespace CarTIngest.Screening;

/// <summary>
/// When a record was first public, and whether that was before a search. A date that is less precise than a day stands for all its days: January 2025 for the 1st to
/// the 31st. A record was before the search only when its last possible day is before the search's first possible day; where that cannot be told, it was not, so that it
/// reaches a person. Blind spot: a paper that PubMed took in long after its date of publication counts by that date, and is then found by catch-up alone.
/// </summary>
public static class FirstPublic
{
    /// <summary>A registration's first posting, a publication's date; null where the source gives none.</summary>
    public static PartialDate? Of(SourceRecord record) => record switch
    {
        Trial trial => trial.FirstPosted,
        Publication publication => publication.Published,
        _ => null,
    };

    public static bool IsBefore(PartialDate? record, PartialDate search) => record is { } known && LastDay(known) < FirstDay(search);

    private static DateOnly FirstDay(PartialDate date) => date.Text.Length switch
    {
        4 => new DateOnly(date.Year, 1, 1),
        7 => DateOnly.ParseExact(date.Text, "yyyy-MM", CultureInfo.InvariantCulture),
        _ => DateOnly.ParseExact(date.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    private static DateOnly LastDay(PartialDate date) => date.Text.Length switch
    {
        4 => new DateOnly(date.Year, 12, 31),
        7 => FirstDay(date).AddMonths(1).AddDays(-1),
        _ => FirstDay(date),
    };
}
