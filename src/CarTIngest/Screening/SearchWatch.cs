using CarTIngest.Eligibility;

namespace CarTIngest.Screening;

/// <summary>
/// Does every included study still come back from tonight's topical arms, and is it still likely? Pure; it touches no decision. A record is lost once in each way: by the strategy
/// or by its source, and by the verdict. A verdict is lost when it was likely before, or when no record of the study is likely; then the best record is named.
/// </summary>
public static class SearchWatch
{
    /// <returns>By study, then by record.</returns>
    public static IReadOnlyList<Loss> Losses(IEnumerable<WatchedStudy> studies) =>
    [
        .. studies.SelectMany(study => study.Reports.Select(report => OfSearch(study, report)).Concat(OfVerdict(study))).OfType<Loss>()
            .OrderBy(loss => loss.Study, StringComparer.Ordinal).ThenBy(loss => loss.Id).ThenBy(loss => loss.Lost).DistinctBy(loss => (loss.Id, loss.Lost)),
    ];

    private static Loss? OfSearch(WatchedStudy study, WatchedReport report) =>
        !report.IsSettled ? null
        : report.Sight is SourceSight.Missing or SourceSight.Gone ? new Loss(report.Id, study.Id, LossKind.Source, WhyGone(report))
        : report.MatchedBy.Count == 0 ? new Loss(report.Id, study.Id, LossKind.Strategy, WhyUnmatched(report))
        : null;

    private static IEnumerable<Loss?> OfVerdict(WatchedStudy study)
    {
        var judged = study.Reports.Where(report => report.Judged is not null).ToList();
        foreach (var report in judged.Where(report => report.Judged is { Verdict: not Verdict.Likely, LikelyBefore: not null }))
        {
            yield return new Loss(report.Id, study.Id, LossKind.Verdict, WhyFallen(report.Judged!, report.Judged!.LikelyBefore!));
        }

        if (judged.Count > 0 && judged.TrueForAll(report => report.Judged is { Verdict: not Verdict.Likely, LikelyBefore: null }))
        {
            var best = judged.OrderByDescending(report => report.Judged!.Verdict).ThenBy(report => report.Id).First();
            yield return new Loss(best.Id, study.Id, LossKind.Verdict, $"No record of the study is likely by {best.Judged!.Book}, and none ever was: {Spelling.Of(best.Judged.Verdict)}, {Words(best.Judged.Criteria)}.");
        }
    }

    private static string WhyGone(WatchedReport report) =>
        $"Its source {(report.Sight == SourceSight.Gone ? "has deleted or merged it" : "did not give it when asked for it by its id, so far in one state of its data")}.{(report.SourceSays is { } says ? $" {says}" : "")}";

    private static string WhyUnmatched(WatchedReport report)
    {
        if (report.Sight == SourceSight.NotHeld)
        {
            return "No arm of the strategy matches it, and it is not held: the searches never found it.";
        }

        if (report.MatchedBefore.Count == 0)
        {
            return "No arm of the strategy matches it, and none ever did: it is held because it was imported, or found by its study.";
        }

        var reasons = report.MatchedBefore.Select(OfArm).OfType<string>().Concat(EditWords.Of(report.Edits, report.MatchedBefore)).ToList();
        return $"Matched until now by {EditWords.Listed(report.MatchedBefore.Select(arm => arm.Arm))}. {(reasons.Count > 0 ? string.Join(" ", reasons)
            : "Neither the arms nor the record changed as far as what is stored tells: the source matches otherwise than before.")}";
    }

    private static string? OfArm(ArmThen arm) =>
        arm.Now is null ? $"Arm {arm.Arm} is asked no more."
        : arm.Now != arm.Then ? $"The text of arm {arm.Arm} was changed."
        : arm.UnderstoodNow != arm.UnderstoodThen ? $"The source understands arm {arm.Arm} otherwise than before; `cartingest search` shows how."
        : null;

    private static string WhyFallen(WatchedVerdict now, LikelyBefore before)
    {
        var fields = EditWords.Of(now.Edits, []);
        var cause = now.Book == before.Book ? "" : $" The rulebook was {before.Book} then.";
        return $"Likely before, {Spelling.Of(now.Verdict)} by {now.Book}: {Moved(before.Criteria, now.Criteria)}.{cause}{string.Concat(fields.Select(field => $" {field}"))}";
    }

    private static string Moved(Criteria before, Criteria now)
    {
        (string Name, CriterionAnswer Then, CriterionAnswer Now)[] answers =
            [("intervention", before.Intervention, now.Intervention), ("population", before.Population, now.Population), ("design", before.Design, now.Design)];
        var moved = answers.Where(answer => answer.Then != answer.Now).Select(answer => $"{answer.Name} {Spelling.Of(answer.Now)}, was {Spelling.Of(answer.Then)}").ToList();
        return moved.Count > 0 ? string.Join("; ", moved) : "the criteria answer as before, and a named case or an exclusion decides";
    }

    private static string Words(Criteria criteria) =>
        $"intervention {Spelling.Of(criteria.Intervention)}, population {Spelling.Of(criteria.Population)}, design {Spelling.Of(criteria.Design)}";
}
