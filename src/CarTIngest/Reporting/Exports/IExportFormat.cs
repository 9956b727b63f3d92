namespace CarTIngest.Reporting.Exports;

/// <summary>A form in which records leave.</summary>
public interface IExportFormat
{
    /// <summary>As it is written after <c>--format</c>.</summary>
    string Name { get; }

    ExportNeeds Needs { get; }

    /// <summary>Writes the records one after the other, as they come.</summary>
    Task WriteAsync(IAsyncEnumerable<ExportRow> rows, ExportReader reader, TextWriter to, CancellationToken cancellationToken);
}

/// <summary>What a format writes of each record.</summary>
public enum ExportNeeds
{
    /// <summary>The record itself.</summary>
    Records = 0,

    /// <summary>Also what the review makes of it.</summary>
    Review = 1,
}

/// <summary>Who will read what is written.</summary>
public enum ExportReader
{
    /// <summary>A program: every value exactly.</summary>
    Machine = 0,

    /// <summary>A spreadsheet, which would take some values for formulas.</summary>
    Spreadsheet = 1,
}

/// <summary>Which records leave.</summary>
public enum ExportSet
{
    /// <summary>Everything held.</summary>
    All = 0,

    /// <summary>All records of the studies that wait for people.</summary>
    Queue = 1,

    /// <summary>All records of the studies that people included.</summary>
    Included = 2,

    /// <summary>All records of the studies that people excluded, by class or by vote.</summary>
    Excluded = 3,
}
