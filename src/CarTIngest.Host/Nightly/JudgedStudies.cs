using CarTIngest.Eligibility;
using CarTIngest.Host.Storage;
using CarTIngest.Records;
using CarTIngest.Screening;

namespace CarTIngest.Host.Nightly;

/// <summary>Puts what matching and judging found into the form in which the queue's rules ask for it.</summary>
internal static class JudgedStudies
{
    public static IReadOnlyList<JudgedStudy> Of(IReadOnlyList<StudyRecords> studies, IReadOnlyDictionary<RecordId, HeldSource> held, IReadOnlyDictionary<RecordId, Judgement> judgements) =>
    [
        .. studies.Select(study => new JudgedStudy(
            study.Study,
            [.. study.Records.Where(record => held.ContainsKey(record) && judgements.ContainsKey(record)).Select(record => OfRecord(held[record], judgements[record]))])).Where(study => study.Records.Count > 0),
    ];

    private static JudgedRecord OfRecord(HeldSource held, Judgement judgement) =>
        new(held.Record.Id, judgement.Verdict, judgement.Criteria, judgement.Rulebook, FirstPublic.Of(held.Record), held.KnownBefore);
}
