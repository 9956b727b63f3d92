namespace CarTIngest.Reporting.Exports;

/// <summary>
/// One row a record, comma-separated, as RFC 4180 has it: lines end in CR LF, a quote within a quoted cell is doubled, UTF-8. For machines without a byte-order mark and with quotes where
/// they are needed; for spreadsheets with the mark, by which Excel knows UTF-8, and with every cell quoted and made harmless (<see cref="CsvCell"/>).
/// </summary>
internal sealed class CsvExport : IExportFormat
{
    private const string LineEnd = "\r\n";
    private const char ByteOrderMark = '\uFEFF';

    public string Name => "csv";

    public ExportNeeds Needs => ExportNeeds.Review;

    public async Task WriteAsync(IAsyncEnumerable<ExportRow> rows, ExportReader reader, TextWriter to, CancellationToken cancellationToken)
    {
        if (reader == ExportReader.Spreadsheet)
        {
            await to.WriteAsync(ByteOrderMark);
        }

        await to.WriteAsync(LineOf(CsvColumns.All.Select(column => column.Name), reader).AsMemory(), cancellationToken);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            await to.WriteAsync(LineOf(CsvColumns.All.Select(column => column.Of(row)), reader).AsMemory(), cancellationToken);
        }
    }

    private static string LineOf(IEnumerable<string?> cells, ExportReader reader) => string.Join(',', cells.Select(cell => CsvCell.Of(cell ?? "", reader))) + LineEnd;
}
