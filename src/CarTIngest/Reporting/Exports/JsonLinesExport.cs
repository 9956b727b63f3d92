using System.Globalization;
using CarTIngest.Records;

namespace CarTIngest.Reporting.Exports;

/// <summary>The lines of <c>parse</c>, each with the nights on which the record was first and last seen.</summary>
internal sealed class JsonLinesExport : IExportFormat
{
    public string Name => "jsonl";

    public ExportNeeds Needs => ExportNeeds.Records;

    public async Task WriteAsync(IAsyncEnumerable<ExportRow> rows, ExportReader reader, TextWriter to, CancellationToken cancellationToken)
    {
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            await to.WriteLineAsync(LineOf(row.Held).AsMemory(), cancellationToken);
        }
    }

    /// <summary>The record's own line with members more at its end.</summary>
    private static string LineOf(ExportedRecord held) => string.Create(
        CultureInfo.InvariantCulture, $"{RecordJson.Write(held.Record).AsSpan()[..^1]}{(held.Baseline ? ",\"baseline\":true" : "")},\"firstSeen\":\"{held.FirstSeen:yyyy-MM-dd}\",\"lastSeen\":\"{held.LastSeen:yyyy-MM-dd}\"}}");
}
