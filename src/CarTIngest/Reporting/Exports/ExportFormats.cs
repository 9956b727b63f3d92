namespace CarTIngest.Reporting.Exports;

/// <summary>The forms in which records leave, in the order in which help names them.</summary>
public static class ExportFormats
{
    public static IReadOnlyList<IExportFormat> All { get; } = [new CsvExport(), new JsonLinesExport()];
}
