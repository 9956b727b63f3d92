using CarTIngest.Eligibility;
using CarTIngest.Host.Storage;
using CarTIngest.Records;
using CarTIngest.Reporting;
using CarTIngest.Screening;

namespace CarTIngest.Host.Nightly;

/// <summary>What a night brings to studies that are in the queue, decided, or of the base review.</summary>
internal sealed class StudyNewsOfNight(
    IReadOnlyList<JudgedStudy> studies,
    IReadOnlyDictionary<RecordId, HeldSource> held,
    IReadOnlyDictionary<RecordId, Judgement> judgements,
    IReadOnlyList<NewMember> came,
    IReadOnlyList<FieldChange> changes,
    IReadOnlyList<MovedVerdict> moved)
{
    /// <param name="entered">Of the studies that were in the queue before this night: their ids and the records that brought them.</param>
    /// <param name="review">The base review, whose studies are included.</param>
    public IReadOnlyList<StudyNews> Of(ScreeningState state, IReadOnlySet<string> entered, BaseReview? review)
    {
        var revised = changes.Where(change => held.ContainsKey(change.Id)).ToLookup(change => change.Id);
        var verdicts = moved.ToLookup(verdict => verdict.Id);
        var arrived = came.Where(member => !member.WasThere).ToLookup(member => member.Study, member => member.Record);
        var news = new List<StudyNews>();
        foreach (var study in studies)
        {
            var names = study.Records.Select(record => record.Id.Text).Append(study.Id).ToList();
            var ofBase = study.Records.Any(record => review?.Records.Contains(record.Id) == true);
            var known = study.Records.Where(record => !arrived[study.Id].Contains(record.Id)).ToList();
            if (known.Count == 0 || !(ofBase || names.Exists(entered.Contains) || names.Exists(state.Knows)))
            {
                continue;
            }

            List<News> brought =
            [
                .. known.Where(record => revised.Contains(record.Id)).Select(record => new RecordRevised(record.Id, [.. revised[record.Id].Select(change => new FieldEdit(change.Field, change.From, change.To))], held[record.Id].Record)),
                .. arrived[study.Id].Where(judgements.ContainsKey).Select(record => new ReportCame(record, judgements[record].Verdict, held[record].Record)),
                .. known.SelectMany(record => verdicts[record.Id]).Select(verdict => new VerdictMoved(verdict.Id, verdict.From, verdict.To)),
            ];
            if (brought.Count > 0)
            {
                news.Add(new StudyNews(study.Id, PositionOf(state, names, ofBase), known.Exists(record => held[record.Id].Record is Publication), brought));
            }
        }

        return news;
    }

    /// <summary>By the class that people gave it under any of its names; a study of the base review is included.</summary>
    private static StudyPosition PositionOf(ScreeningState state, List<string> names, bool ofBase) =>
        names.Select(state.ClassOf).LastOrDefault(decision => decision is not null)?.Content() is Classed classed
            ? classed.Class switch
            {
                StudyClass.Included => StudyPosition.Included,
                StudyClass.Excluded => StudyPosition.Excluded,
                _ => StudyPosition.WithoutResults,
            }
            : ofBase ? StudyPosition.Included : StudyPosition.Open;
}
