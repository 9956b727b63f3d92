using CarTIngest.Eligibility;
using CarTIngest.Matching;
using CarTIngest.Records;
using CarTIngest.Screening;

namespace CarTIngest.Host.Nightly;

/// <summary>Puts what matching and judging found into the form in which the queue's rules ask for it.</summary>
internal static class JudgedStudies
{
    public static IReadOnlyList<JudgedStudy> Of(IReadOnlyList<Study> studies, IReadOnlyDictionary<RecordId, HeldSource> held, IReadOnlyDictionary<RecordId, Judgement> judgements) =>
    [
        .. studies.Select(study => new JudgedStudy(
            study.Id.Text,
            [.. study.Records.Where(judgements.ContainsKey).Select(record => OfRecord(held[record], judgements[record]))])).Where(study => study.Records.Count > 0),
    ];

    private static JudgedRecord OfRecord(HeldSource held, Judgement judgement) =>
        new(held.Record.Id, judgement.Verdict, judgement.Criteria, judgement.Rulebook, FirstPublic.Of(held.Record), held.KnownBefore);
}
