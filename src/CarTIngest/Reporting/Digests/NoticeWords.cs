using CarTIngest.Records;

namespace CarTIngest.Reporting.Digests;

/// <summary>Retractions, concerns and errata, with the notice that says so.</summary>
internal static class NoticeWords
{
    public static DigestLine Line(RecordSeen seen, string because) => new(Label(because), $"{Notice(seen, because)}");

    private static string Label(string because) => because switch { "retraction" => "RETRACTED", "concern" => "EXPRESSION OF CONCERN", _ => "Erratum" };

    private static string Notice(RecordSeen seen, string because)
    {
        var named = (seen.Record as Publication)?.Corrections.Where(correction => Says(correction, because)).ToList() ?? [];
        return named.Count == 0
            ? "PubMed marks it so; it names no notice."
            : $"notice {string.Join("; ", named.Select(correction => $"{(correction.Pmid is { } pmid ? $"PMID {pmid}" : "without a number")}{(correction.Citation is { Length: > 0 } citation ? $" ({OneLine.Of(citation)})" : "")}"))}.";
    }

    private static bool Says(Correction correction, string because) => because switch
    {
        "retraction" => correction.Type.Contains("Retraction", StringComparison.OrdinalIgnoreCase) || correction.Type.StartsWith("Retracted", StringComparison.OrdinalIgnoreCase),
        "concern" => correction.Type.StartsWith("ExpressionOfConcern", StringComparison.OrdinalIgnoreCase),
        _ => correction.Type.StartsWith("Erratum", StringComparison.OrdinalIgnoreCase) || correction.Type.StartsWith("Corrected", StringComparison.OrdinalIgnoreCase),
    } && correction.Type.EndsWith("In", StringComparison.OrdinalIgnoreCase);
}
