using CarTIngest.Records;

namespace CarTIngest.Reporting.Digests;

/// <summary>The one address under an entry: where the record's source shows it to everybody.</summary>
internal static class StudyLinks
{
    public static Uri Of(RecordId id) => id.Source == "pubmed" ? new Uri($"https://pubmed.ncbi.nlm.nih.gov/{id.Local}/") : new Uri($"https://clinicaltrials.gov/study/{id.Local}");
}
