using CarTIngest.Records;

namespace CarTIngest.Screening;

/// <summary>What a team laid down before it screened: <c>protocol.json</c> of the review folder. <see cref="ProtocolFile"/> reads it.</summary>
/// <param name="Version">The team's own number of it.</param>
/// <param name="Stages">Title, then full.</param>
/// <param name="Reasons">For exclusion, in order: the first that holds is given.</param>
/// <param name="UnlikelySetAside">What the machine calls unlikely is not screened; null until the lead adopts that.</param>
/// <param name="Hash">Of the file's bytes: which protocol a night or a decision followed.</param>
public sealed record Protocol(
    string Version, string Review, IReadOnlyList<StageRule> Stages, IReadOnlyList<ExclusionReason> Reasons, AuditPlan Audit, Adoption? UnlikelySetAside, ContentHash Hash)
{
    public StageRule At(Stage stage) => Stages.Single(rule => rule.Stage == stage);

    /// <summary>Where a reason stands in the order; after all others when it is not of this protocol any more.</summary>
    public int OrderOf(string? code)
    {
        var at = Reasons.ToList().FindIndex(reason => reason.Code == code);
        return at < 0 ? Reasons.Count : at;
    }
}

/// <param name="Policy">How many people it takes.</param>
/// <param name="AuditShare">Under <see cref="ScreeningPolicy.SingleWithAudit"/>, the share that two people screen; else null.</param>
/// <param name="QueueAgeLimitDays">Days after which what waits is overdue.</param>
public sealed record StageRule(Stage Stage, ScreeningPolicy Policy, double? AuditShare, int QueueAgeLimitDays);

/// <param name="Code">As decisions name it: <c>not_car_t</c>.</param>
/// <param name="Words">As the flow diagram prints it.</param>
public sealed record ExclusionReason(string Code, string Words);

/// <summary>How what the machine rejects is watched.</summary>
/// <param name="MonthlyShare">Of the rejected, drawn each month into the queue.</param>
/// <param name="Seed">Of the draw: with the month and the id it decides alone.</param>
public sealed record AuditPlan(double MonthlyShare, long Seed);

/// <summary>The lead's word that <c>unlikely</c> is set aside without a person's look.</summary>
/// <param name="Rulebook">The content hash of the rulebook it holds for, or <see cref="AnyRulebook"/>.</param>
/// <param name="Says">Shown wherever a number depends on it.</param>
public sealed record Adoption(string By, DateOnly On, string Rulebook, string Says)
{
    public const string AnyRulebook = "any";

    public bool Covers(string rulebook) => Rulebook == AnyRulebook || string.Equals(Rulebook, rulebook, StringComparison.Ordinal);
}
