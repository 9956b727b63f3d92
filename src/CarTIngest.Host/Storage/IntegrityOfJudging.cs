using CarTIngest.Eligibility;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>The verdicts in force and the studies as lines of the state, in key order. Which rulebook said it is no line: the same verdict by other words is the same state.</summary>
internal static class IntegrityOfJudging
{
    public static async Task<IReadOnlyList<string?[]>> LinesAsync(StoreContext store, CancellationToken cancellationToken)
    {
        var judgements = await JudgementBook.InForceAsync(store, cancellationToken);
        var members = await StudyShelf.CurrentAsync(store, cancellationToken);
        return
        [
            .. judgements.Values.OrderBy(judged => judged.Id.Text, StringComparer.Ordinal).Select(LineOf),
            .. members.OrderBy(member => member.Study, StringComparer.Ordinal).ThenBy(member => member.RecordId, StringComparer.Ordinal).Select(member => (string?[])["member", member.Study, member.RecordId]),
        ];
    }

    private static string?[] LineOf(Judgement judged) =>
    [
        "verdict", judged.Id.Text, judged.Verdict.ToString(), judged.Criteria.Intervention.ToString(), judged.Criteria.Population.ToString(), judged.Criteria.Design.ToString(),
        string.Join(';', judged.Targets), string.Join(';', judged.Flags),
    ];
}
