using CarTIngest.Records;

namespace CarTIngest.Sources;

/// <summary>
/// The records of the review's included studies, from <c>included.csv</c> of the review folder (columns study, pmid, nct, patients, note). They are read
/// again every night, for a retraction or posted results must not wait. A review folder without the file has none yet.
/// </summary>
public sealed record IncludedReports(IReadOnlySet<RecordId> Ids)
{
    /// <exception cref="ReviewFolderException">The file is not understood; the message names each line.</exception>
    public static IncludedReports Load(string reviewFolder)
    {
        var file = Path.Combine(reviewFolder, IncludedTable.Name);
        if (!File.Exists(file))
        {
            return new IncludedReports(new HashSet<RecordId>());
        }

        using var text = new StreamReader(file);
        var table = IncludedTable.Read(text, file);
        return table.Faults.Count == 0
            ? new IncludedReports(table.Rows.SelectMany(row => row.Records).ToHashSet())
            : throw new ReviewFolderException(string.Join(Environment.NewLine, table.Faults));
    }
}
