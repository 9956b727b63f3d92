using CarTIngest.Eligibility;
using CarTIngest.Records;
using CarTIngest.Screening;

namespace CarTIngest.Tests.Screening;

/// <summary>Judged studies, as short as they can be written.</summary>
internal static class Judged
{
    public const string Rulebook = "sha256:0";

    public static RecordId Id(string text) => RecordId.TryParse(text, out var id) ? id : throw new ArgumentException(text);

    public static PartialDate? Date(string? text) => PartialDate.TryParse(text, out var date) ? date : null;

    public static JudgedRecord Record(string id, Verdict verdict, string? firstPublic = null, CriterionAnswer intervention = CriterionAnswer.Unmet) =>
        new(Id(id), verdict, new Criteria(intervention, CriterionAnswer.Silent, CriterionAnswer.Met), Rulebook, Date(firstPublic), KnownBefore: false);

    public static JudgedStudy Study(string id, params JudgedRecord[] records) => new(id, records);
}
