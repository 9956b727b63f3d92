using CarTIngest.Eligibility.Rules;

namespace CarTIngest.Eligibility;

/// <summary>From findings to answers, and from answers to the verdict. The table is the protocol's.</summary>
internal static class Verdicts
{
    /// <summary>An exclusion beats a named case, a named case beats what is met, and what is met beats mentions that do not count.</summary>
    public static CriterionAnswer Answer(IReadOnlyList<RuleFinding> findings, bool textIsThere) =>
        Has(findings, Bearing.Bars) ? CriterionAnswer.Unmet
        : Has(findings, Bearing.Met) ? CriterionAnswer.Met
        : Has(findings, Bearing.NamedCase) || Has(findings, Bearing.Open) ? CriterionAnswer.Silent
        : textIsThere ? CriterionAnswer.Unmet
        : CriterionAnswer.Silent;

    /// <param name="namedCase">Whether the protocol names the case as possible.</param>
    public static Verdict Of(Criteria criteria, bool namedCase)
    {
        CriterionAnswer[] answers = [criteria.Intervention, criteria.Population, criteria.Design];
        return answers.Contains(CriterionAnswer.Unmet) || (criteria.Intervention != CriterionAnswer.Met && criteria.Population != CriterionAnswer.Met) ? Verdict.Unlikely
            : !namedCase && answers.All(answer => answer == CriterionAnswer.Met) ? Verdict.Likely
            : Verdict.Possible;
    }

    public static Outcome OutcomeOf(Bearing bearing) => bearing switch
    {
        Bearing.Met => Outcome.Supports,
        Bearing.Open or Bearing.NamedCase => Outcome.Silent,
        _ => Outcome.Against,
    };

    private static bool Has(IReadOnlyList<RuleFinding> findings, Bearing bearing) => findings.Any(finding => finding.Bearing == bearing);
}
