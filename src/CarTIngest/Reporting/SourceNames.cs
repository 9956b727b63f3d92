namespace CarTIngest.Reporting;

/// <summary>Sources as people call them, on pages and in mails.</summary>
public static class SourceNames
{
    /// <summary>What is no source stays as it is.</summary>
    public static string Of(string source) => source switch { "pubmed" => "PubMed", "clinicaltrials" => "ClinicalTrials.gov", _ => source };
}
