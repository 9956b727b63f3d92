using System.Text;

namespace CarTIngest.Tests.Rehearsal.Faults.Grid;

/// <summary>The grid as people read it, between two marks of a page that else is written by hand.</summary>
internal static class GridTable
{
    public const string Begins = "<!-- fault grid: begins -->";
    public const string Ends = "<!-- fault grid: ends -->";

    /// <summary>No such request, or a kind that is not given there.</summary>
    public const string Nowhere = "–";

    /// <param name="codes">For each kind and endpoint the codes of its positions.</param>
    public static string Draw(IReadOnlyDictionary<(string Kind, string Endpoint), string> codes)
    {
        var page = new StringBuilder();
        page.Append(Begins).Append("\n\n| code | the night |\n|---|---|\n");
        foreach (var end in GridEnd.Legend)
        {
            page.Append($"| `{end.Code}` | {end.Says} |\n");
        }

        page.Append($"\n| fault | what comes | {string.Join(" | ", GridKinds.Endpoints)} |\n|---|---|{string.Concat(Enumerable.Repeat(":-:|", GridKinds.Endpoints.Length))}\n");
        foreach (var (kind, words) in GridKinds.Words)
        {
            page.Append($"| {kind} | {words} | {string.Join(" | ", GridKinds.Endpoints.Select(endpoint => codes.TryGetValue((kind, endpoint), out var code) ? $"`{code}`" : Nowhere))} |\n");
        }

        var cells = codes.Values.Sum(code => code.Count(one => one != ' '));
        return page.Append($"\n{cells} nights, {codes.Count} pairs of a fault and an endpoint.\n\n").Append(Ends).ToString();
    }

    /// <summary>The page with its grid replaced.</summary>
    public static string Into(string page, string grid)
    {
        var (from, to) = (page.IndexOf(Begins, StringComparison.Ordinal), page.IndexOf(Ends, StringComparison.Ordinal));
        return from < 0 || to < from ? throw new InvalidOperationException($"The page has no {Begins} before {Ends}.") : $"{page[..from]}{grid}{page[(to + Ends.Length)..]}";
    }

    /// <summary>The code that the page has for a cell; a question mark where it has none.</summary>
    public static char CodeIn(string page, GridCell cell, int position)
    {
        var row = In(page).Split('\n').FirstOrDefault(line => line.StartsWith($"| {cell.Kind} |", StringComparison.Ordinal))?.Split(" | ");
        var column = Array.IndexOf(GridKinds.Endpoints, cell.Endpoint) + 2;
        var codes = row is not null && row.Length > column ? row[column].Trim('|', ' ', '`').Split(' ') : [];
        return position < codes.Length ? codes[position][0] : '?';
    }

    /// <summary>What stands between the marks, with them.</summary>
    public static string In(string page) => page[page.IndexOf(Begins, StringComparison.Ordinal)..(page.IndexOf(Ends, StringComparison.Ordinal) + Ends.Length)];
}
