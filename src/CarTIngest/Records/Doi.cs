namespace CarTIngest.Records;

/// <summary>
/// A digital object identifier in its key form: lower case, without resolver address or <c>doi:</c>.
/// The same DOI stands in one record in several places and in different case, so two are compared in this form only.
/// </summary>
public readonly record struct Doi
{
    private static readonly string[] Prefixes = ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:"];

    private Doi(string value) => Value = value;

    public string Value { get => field ?? ""; }

    /// <summary>Takes <c>10.registrant/suffix</c>, with or without a resolver address; false for anything else. Never throws.</summary>
    public static bool TryParse(string? text, out Doi doi)
    {
        doi = default;
        var trimmed = (text ?? "").Trim();
        foreach (var prefix in Prefixes)
        {
            if (trimmed.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                trimmed = trimmed[prefix.Length..].TrimStart();
            }
        }

        var slash = trimmed.IndexOf('/', StringComparison.Ordinal);
        if (!trimmed.StartsWith("10.", StringComparison.Ordinal) || slash < 4 || slash == trimmed.Length - 1 || trimmed.AsSpan().ContainsAny(" \t\r\n"))
        {
            return false;
        }

        doi = new Doi(trimmed.ToLowerInvariant());
        return true;
    }

    public override string ToString() => Value;
}
