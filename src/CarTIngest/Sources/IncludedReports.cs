using CarTIngest.Records;
using Microsoft.VisualBasic.FileIO;

namespace CarTIngest.Sources;

/// <summary>
/// The records of the review's included studies, from <c>included.csv</c> of the review folder (columns study, pmid, nct, patients, note). They are read
/// again every night, for a retraction or posted results must not wait. A review folder without the file has none yet.
/// </summary>
public sealed record IncludedReports(IReadOnlySet<RecordId> Ids)
{
    /// <exception cref="ReviewFolderException">The file is not understood; the message names the line.</exception>
    public static IncludedReports Load(string reviewFolder)
    {
        var file = Path.Combine(reviewFolder, "included.csv");
        if (!File.Exists(file))
        {
            return new IncludedReports(new HashSet<RecordId>());
        }

        using var csv = new TextFieldParser(file) { HasFieldsEnclosedInQuotes = true, Delimiters = [","] };
        var ids = new HashSet<RecordId>();
        try
        {
            var head = csv.ReadFields() ?? [];
            var (pmid, nct) = (Array.IndexOf(head, "pmid"), Array.IndexOf(head, "nct"));
            if (pmid < 0 || nct < 0)
            {
                throw new ReviewFolderException($"{file}: it begins with the line study,pmid,nct,patients,note.");
            }

            while (!csv.EndOfData)
            {
                var line = csv.LineNumber;
                var row = csv.ReadFields() ?? [];
                ids.UnionWith(IdsOf(row.ElementAtOrDefault(pmid), "pmid", file, line).Concat(IdsOf(row.ElementAtOrDefault(nct), "nct", file, line)));
            }
        }
        catch (MalformedLineException broken)
        {
            throw new ReviewFolderException($"{file}({csv.ErrorLineNumber}): {broken.Message}");
        }

        return new IncludedReports(ids);
    }

    /// <summary>A study may have several reports: their numbers stand in one cell, parted by blanks or semicolons.</summary>
    private static IEnumerable<RecordId> IdsOf(string? cell, string kind, string file, long line) =>
        (cell ?? "").Split([' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(number =>
            RecordId.TryParse($"{kind}:{number}", out var id) ? id : throw new ReviewFolderException($"{file}({line}): '{number}' is no {kind} number."));
}
