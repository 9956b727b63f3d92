using CarTIngest.Eligibility;
using CarTIngest.Host.Storage;
using CarTIngest.Records;
using CarTIngest.Reporting;
using CarTIngest.Screening;

namespace CarTIngest.Host.Nightly;

/// <summary>What a night brings to each study: revisions of its records, records that were not of it before, and verdicts that moved.</summary>
internal sealed class CameTonight
{
    private readonly IReadOnlyDictionary<RecordId, HeldSource> held;
    private readonly IReadOnlyDictionary<RecordId, Judgement> judgements;
    private readonly ILookup<RecordId, FieldEdit> edits;
    private readonly ILookup<RecordId, MovedVerdict> moved;
    private readonly ILookup<string, RecordId> arrived;

    public CameTonight(
        IReadOnlyDictionary<RecordId, HeldSource> held, IReadOnlyDictionary<RecordId, Judgement> judgements, IReadOnlyList<NewMember> came, IReadOnlyList<FieldChange> changes, IReadOnlyList<MovedVerdict> moved)
    {
        this.held = held;
        this.judgements = judgements;
        this.moved = moved.ToLookup(verdict => verdict.Id);
        edits = changes.ToLookup(change => change.Id, change => new FieldEdit(change.Field, change.From, change.To));
        arrived = came.Where(member => !member.WasThere).ToLookup(member => member.Study, member => member.Record);
    }

    public StudyTonight To(JudgedStudy study)
    {
        var came = arrived[study.Id].ToHashSet();
        var known = study.Records.Where(record => !came.Contains(record.Id)).ToList();
        return new StudyTonight(
            study,
            [
                .. known.Where(record => edits.Contains(record.Id)).Select(record => new RecordRevised(record.Id, [.. edits[record.Id]], held[record.Id].Record)),
                .. came.Where(judgements.ContainsKey).Order().Select(record => new ReportCame(record, judgements[record].Verdict, held[record].Record)),
                .. known.SelectMany(record => moved[record.Id]).Select(verdict => new VerdictMoved(verdict.Id, verdict.From, verdict.To)),
            ]);
    }
}
