using System.Globalization;
using CarTIngest.Facts;
using CarTIngest.Records;
using CarTIngest.Screening;

namespace CarTIngest.Reporting.Exports;

/// <summary>A column of the table.</summary>
/// <param name="Of">Null and empty are the same: nothing is known.</param>
internal sealed record CsvColumn(string Name, Func<ExportRow, string?> Of);

/// <summary>
/// The columns in their order: the record, what people and rules make of it, then of each fact three: what this record says, the words it says it in with their place, and what all records
/// of its study say, each with the records that say so, the registration's answer first. Lists are parted by semicolons.
/// </summary>
internal static class CsvColumns
{
    private const string Joint = "; ";

    public static IReadOnlyList<CsvColumn> All { get; } =
    [
        new("record_id", row => row.Held.Record.Id.Text),
        new("kind", row => row.Held.Record.Kind),
        new("pmid", row => (row.Held.Record as Publication)?.Pmid.ToString(CultureInfo.InvariantCulture)),
        new("nct_id", row => (row.Held.Record as Trial)?.NctId),
        new("doi", row => (row.Held.Record as Publication)?.Doi),
        new("title", row => row.Held.Record switch { Publication publication => publication.Title, Trial trial => trial.BriefTitle ?? trial.OfficialTitle, _ => null }),
        new("journal", row => (row.Held.Record as Publication)?.Journal),
        new("year", row => (row.Held.Record as Publication)?.Published?.Year.ToString("D4", CultureInfo.InvariantCulture)),
        new("url", row => UrlOf(row.Held.Record)),
        new("first_seen", row => Day(row.Held.FirstSeen)),
        new("last_seen", row => Day(row.Held.LastSeen)),
        new("study", row => OfStudies(row, study => study.Study)),
        new("verdict", row => row.Review?.Verdict is { } verdict ? Spelling.Of(verdict) : null),
        new("class", row => OfStudies(row, study => study.Progress?.Class is { } given ? Spelling.Of(given) : null)),
        new("stage", row => OfStudies(row, study => (study.Progress?.Waits?.Stage ?? study.Progress?.ExcludedAt) is { } stage ? Spelling.Of(stage) : null)),
        new("state", row => OfStudies(row, study => study.Progress is { } progress ? progress.Waits?.State ?? (progress.ExcludedAt is null ? null : Spelling.Of(ItemState.Excluded)) : null)),
        new("reason", row => OfStudies(row, study => study.Progress?.Reason)),
        .. Enum.GetValues<FactKind>().SelectMany(OfFact),
        new("differing", row => string.Join(Joint, (row.Review?.OfStudy ?? []).Where(fact => fact.Differs).Select(fact => Spelling.Of(fact.Kind)))),
    ];

    private static IEnumerable<CsvColumn> OfFact(FactKind kind)
    {
        var name = Spelling.Of(kind);
        return
        [
            new(name, row => FactOf(row, kind)?.Text),
            new($"{name}_quote", row => FactOf(row, kind) is { } fact ? string.Join(" | ", fact.Quotes.Select(quote => string.Create(CultureInfo.InvariantCulture, $"{quote.Text} [{quote.Field}:{quote.Offset}]"))) : null),
            new($"{name}_of_study", row => row.Review?.OfStudy.FirstOrDefault(fact => fact.Kind == kind) is { } fact ? string.Join(" | ", fact.Told.Select(told => $"{told.Text} [{string.Join(", ", told.By)}]")) : null),
        ];
    }

    private static Fact? FactOf(ExportRow row, FactKind kind) => row.Review?.Facts.FirstOrDefault(fact => fact.Kind == kind);

    /// <summary>Of several studies one after the other, in the same order in every column; nothing at all where none has anything.</summary>
    private static string? OfStudies(ExportRow row, Func<ExportedStudy, string?> of)
    {
        var each = (row.Review?.Studies ?? []).Select(study => of(study) ?? "").ToList();
        return each.TrueForAll(value => value.Length == 0) ? null : string.Join(Joint, each);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? UrlOf(SourceRecord record) => record switch
    {
        Publication publication => $"https://pubmed.ncbi.nlm.nih.gov/{publication.Pmid.ToString(CultureInfo.InvariantCulture)}/",
        Trial trial => $"https://clinicaltrials.gov/study/{trial.NctId}",
        _ => null,
    };
}
