using System.Globalization;
using Microsoft.VisualBasic.FileIO;

namespace CarTIngest.Records;

/// <summary>
/// The included studies of a review as a team writes them down: <c>included.csv</c> with the columns study, pmid, nct, patients, note. A study may have several reports: in several
/// rows, or their numbers in one cell, parted by blanks or semicolons. It is of use only while <see cref="Faults"/> is empty.
/// </summary>
/// <param name="Faults">Each with its file and line, and what to write instead.</param>
public sealed record IncludedTable(IReadOnlyList<IncludedRow> Rows, IReadOnlyList<string> Faults)
{
    public const string Name = "included.csv";

    private const string Head = "study,pmid,nct,patients,note";

    private static readonly string[] NotReported = ["", "nr", "n/r", "na", "n/a", "-", "not reported"];

    /// <param name="file">As faults name it.</param>
    public static IncludedTable Read(TextReader text, string file)
    {
        var all = text.ReadToEnd();
        var lines = all.Split('\n');
        using var csv = new TextFieldParser(new StringReader(all)) { HasFieldsEnclosedInQuotes = true, Delimiters = [","] };
        var rows = new List<IncludedRow>();
        var faults = new List<string>();
        try
        {
            var columns = Head.Split(',');
            var head = (csv.ReadFields() ?? []).Select(name => name.TrimStart('\uFEFF').ToLowerInvariant()).ToList();
            var places = columns.Select(column => head.IndexOf(column)).ToList();
            if (places[1] < 0 || places[2] < 0)
            {
                return new IncludedTable([], [$"{file}(1): it begins with the line {Head}."]);
            }

            while (!csv.EndOfData)
            {
                // The parser passes empty lines over without a word, and without counting them here.
                var line = csv.LineNumber;
                while (line < lines.Length && string.IsNullOrWhiteSpace(lines[line - 1]))
                {
                    line++;
                }

                var cells = csv.ReadFields() ?? [];
                if (cells.Length > head.Count)
                {
                    faults.Add(string.Create(CultureInfo.InvariantCulture, $"{file}({line}): there are {cells.Length} cells and {head.Count} columns; put a text that holds a comma between quotes."));
                }

                string Cell(int column) => places[column] < 0 ? "" : cells.ElementAtOrDefault(places[column]) ?? "";
                rows.Add(new IncludedRow((int)line, Cell(0), [.. IdsOf(Cell(1), "pmid", file, line, faults), .. IdsOf(Cell(2), "nct", file, line, faults)], PatientsOf(Cell(3), file, line, faults), Cell(4)));
            }
        }
        catch (MalformedLineException broken)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{file}({csv.ErrorLineNumber}): {broken.Message}"));
        }

        return new IncludedTable(rows, faults);
    }

    private static List<RecordId> IdsOf(string cell, string kind, string file, long line, List<string> faults)
    {
        var ids = new List<RecordId>();
        foreach (var number in cell.Split([' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (RecordId.TryParse($"{kind}:{number}", out var id))
            {
                ids.Add(id);
            }
            else
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{file}({line}): '{number}' is no {kind} number."));
            }
        }

        return ids;
    }

    /// <summary>Not reported is a value of its own, and never 0.</summary>
    private static int? PatientsOf(string cell, string file, long line, List<string> faults)
    {
        if (NotReported.Contains(cell.Trim().ToLowerInvariant(), StringComparer.Ordinal))
        {
            return null;
        }

        if (int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var patients) && patients > 0)
        {
            return patients;
        }

        faults.Add(string.Create(CultureInfo.InvariantCulture, $"{file}({line}): '{cell}' is no number of patients: write a whole number from 1, or NR where it is not reported."));
        return null;
    }
}

/// <param name="Line">Where the row stands in its file.</param>
/// <param name="Study">As the review names it: "Sallman 2022". May be empty in a list that is only read for its records.</param>
/// <param name="Patients">Null: not reported.</param>
public sealed record IncludedRow(int Line, string Study, IReadOnlyList<RecordId> Records, int? Patients, string Note);
