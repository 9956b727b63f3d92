namespace CarTIngest.Reporting.Exports;

/// <summary>
/// One value as a cell. A spreadsheet takes a cell that begins with one of a few signs for a formula, whoever wrote it: an apostrophe before it makes it text. One goes before an
/// apostrophe too, so that whoever takes one away from each cell that begins with one has the very values again.
/// </summary>
internal static class CsvCell
{
    /// <summary>What begins a formula in some spreadsheet, full-width forms included, and what some skip before they look.</summary>
    private const string Dangerous = "=+-@\t\r\n\0＝＋－＠";

    private const char Guard = '\'';

    public static string Of(string value, ExportReader reader) => reader == ExportReader.Spreadsheet
        ? Quoted(value.Length > 0 && (Dangerous.Contains(value[0], StringComparison.Ordinal) || value[0] == Guard) ? Guard + value : value)
        : NeedsQuotes(value) ? Quoted(value)
        : value;

    private static bool NeedsQuotes(string value) => value.AsSpan().IndexOfAny(",\"\r\n") >= 0 || (value.Length > 0 && (value[0] == ' ' || value[^1] == ' '));

    private static string Quoted(string value) => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
