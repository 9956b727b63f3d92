using CarTIngest.Screening;

namespace CarTIngest.Tests.Screening;

/// <summary>Chains of decisions, as short as they can be written.</summary>
internal static class Votes
{
    public const string Paper = "pmid:90000001";

    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Protocol Under(ScreeningPolicy policy, double? share = null) =>
        ProtocolFile.Plain with { Stages = [.. ProtocolFile.Plain.Stages.Select(rule => rule with { Policy = policy, AuditShare = share })] };

    public static IReadOnlyList<Decision> Chain(IEnumerable<DecisionDraft> drafts)
    {
        var chain = new List<Decision>();
        foreach (var draft in drafts)
        {
            chain.Add(Decision.After(chain.LastOrDefault(), Noon.AddSeconds(chain.Count), draft));
        }

        return chain;
    }

    public static DecisionDraft Vote(string by, Choice choice, string? reason = null, Stage stage = Stage.Title, string subject = Paper) => new(by, subject, new Vote(stage, choice, reason));

    public static DecisionDraft Undo(string by, Stage stage = Stage.Title, string subject = Paper) => new(by, subject, new VoteUndone(stage));

    public static DecisionDraft Settle(string by, Choice choice, string? reason = null, Stage stage = Stage.Title, string subject = Paper) => new(by, subject, new Adjudication(stage, choice, reason));

    public static ScreeningState Of(Protocol protocol, params DecisionDraft[] drafts) => ScreeningState.Of(protocol, Chain(drafts));

    public static Standing Stands(Protocol protocol, Stage stage, params DecisionDraft[] drafts) => Of(protocol, drafts).StandingOf(stage, Paper);
}
