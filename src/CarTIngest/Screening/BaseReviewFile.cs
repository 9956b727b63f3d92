using System.Globalization;
using System.Text.Json;
using CarTIngest.Records;

namespace CarTIngest.Screening;

/// <summary>Reads a base review: <c>base.json</c> and <c>included.csv</c> of one folder. Where either has a fault, nothing is taken.</summary>
public static class BaseReviewFile
{
    public const string Name = "base.json";

    public const string Example = """{"version": "1.0", "doi": "10.3390/curroncol32060322", "searchDate": "2025-01", "studies": 25, "patients": 296}""";

    private static readonly string[] DatesOfPeople = ["MMMM yyyy", "MMM yyyy", "d MMMM yyyy", "d MMM yyyy"];

    /// <param name="head">The text of base.json.</param>
    /// <param name="headFile">As faults name it.</param>
    /// <param name="rows">included.csv, read.</param>
    /// <exception cref="ReviewFileException">Either has faults: all of them, by line.</exception>
    public static BaseReview Read(string head, string headFile, IncludedTable rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var reading = new ReviewFile(headFile);
        var root = reading.Root(head, Example);
        var members = reading.Members(root, "the base review", "version", "doi", "searchDate", "studies", "patients");
        var doi = reading.Text(root, members, "doi", "10.3390/curroncol32060322");
        if (doi.Length > 0 && !Doi.TryParse(doi, out _))
        {
            reading.Fault(members["doi"].Line, $"'{doi}' is no DOI: write it as 10.3390/curroncol32060322.");
        }

        var written = reading.Text(root, members, "searchDate", "2025-01");
        if (written.Length > 0 && !TryDate(written, out _))
        {
            reading.Fault(members["searchDate"].Line, $"'{written}' is no date: write it as precisely as the review does: 2025, 2025-01, 2025-01-31, or January 2025.");
        }

        TryDate(written, out var searched);
        var version = reading.Text(root, members, "version", "1.0");
        var studies = (int)reading.Whole(root, members, "studies", 1, 1_000_000, "25");
        int? patients = members.TryGetValue("patients", out var given) && given.Kind != JsonValueKind.Null ? (int)reading.Whole(root, members, "patients", 1, 100_000_000, "296") : null;
        reading.FaultsOf(rows.Faults);
        reading.FaultsOf(rows.Rows.Where(row => row.Study.Length == 0).Select(row => string.Create(CultureInfo.InvariantCulture, $"{IncludedTable.Name}({row.Line}): the study has no name: write the first author and the year.")));
        if (rows.Rows.Count == 0 && rows.Faults.Count == 0)
        {
            reading.FaultsOf([$"{IncludedTable.Name}(2): there is no study: write one a line, as study,pmid,nct,patients,note."]);
        }

        reading.EndIfFaulty();
        return new BaseReview(version, doi, searched, studies, patients, rows.Rows);
    }

    private static bool TryDate(string text, out PartialDate date)
    {
        if (PartialDate.TryParse(text, out date))
        {
            return true;
        }

        return DateOnly.TryParseExact(text, DatesOfPeople, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && PartialDate.TryParse(day.ToString(char.IsDigit(text[0]) ? "yyyy-MM-dd" : "yyyy-MM", CultureInfo.InvariantCulture), out date);
    }
}
