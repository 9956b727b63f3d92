using CarTIngest.Eligibility.Terms;
using CarTIngest.Eligibility.Text;

namespace CarTIngest.Eligibility.Rules;

/// <summary>AML is named among those treated, in any synonym; myeloid malignancies count as AML.</summary>
internal sealed class AmlNamed : IEligibilityRule
{
    public string Name => "aml_named";

    public Criterion Criterion => Criterion.Population;

    public IEnumerable<RuleFinding> Read(Evidence evidence)
    {
        if (evidence.AmlTreated.Count > 0)
        {
            yield return RuleFinding.Of(Bearing.Met, "AML is named among those treated.", evidence.AmlTreated);
        }

        foreach (var turn in evidence.Record.Of(Concept.Aml).Except(evidence.AmlTreated).GroupBy(evidence.TurnOf))
        {
            yield return RuleFinding.Of(Bearing.Against, Reason(turn.Key), turn);
        }

        var traps = evidence.Record.Of(Concept.AmlTrap).ToList();
        if (traps.Count > 0)
        {
            yield return RuleFinding.Of(Bearing.Against, "These words look like AML and are not.", traps);
        }
    }

    private static string Reason(Turn turn) => turn switch
    {
        Turn.Excluded => "AML is named among the criteria of exclusion.",
        Turn.Prior => "AML is named as past history.",
        Turn.Second => "AML is named as a second cancer or a transformation.",
        Turn.After => "AML is named as what came before.",
        Turn.Denied => "AML is named as what those treated do not have.",
        Turn.Outlook => "AML is named as what may be treated one day.",
        _ => "AML is named in passing.",
    };
}

/// <summary>AML that arose after CAR-T cells had been given for another disease, and that CAR-T cells do not treat.</summary>
internal sealed class SecondCancer : IEligibilityRule
{
    public string Name => "second_cancer";

    public Criterion Criterion => Criterion.Population;

    public IEnumerable<RuleFinding> Read(Evidence evidence)
    {
        var record = evidence.Record;
        var given = evidence.CarTGiven.Any(mention => mention.Passage.Role is FieldRole.Title or FieldRole.Intervention or FieldRole.InterventionDescription);
        var arose = record.Of(Concept.Aml).Where(mention => mention.Passage.Role is FieldRole.Title or FieldRole.Condition && CameAfterCells(evidence, mention)).ToList();
        var otherwise = record.Of(Concept.LicensedCarT, Concept.OtherBloodCancer, Concept.OtherLeukemia).Any(mention => mention.Passage.Role != FieldRole.Exclusion)
            || arose.Exists(mention => evidence.TurnOf(mention) == Turn.Second);
        if (arose.Count > 0 && otherwise && !given)
        {
            yield return RuleFinding.Of(Bearing.Bars, "AML arose after CAR-T cells had been given for another disease.", arose);
        }
    }

    /// <summary>"AML following CAR-T", and not "remission after CAR-T in AML": the disease stands before the mark, the cells after it.</summary>
    private static bool CameAfterCells(Evidence evidence, Mention aml) =>
        evidence.Record.Beside(aml).Any(cells => cells.Concept is Concept.CarT or Concept.LicensedCarT && cells.First > aml.Last && evidence.TurnOf(cells) is Turn.After or Turn.Prior
            && evidence.Record.Beside(aml).Any(mark => mark.Concept is Concept.TurnAfter or Concept.TurnPrior && mark.First > aml.Last && mark.Last < cells.First));
}

/// <summary>Cases that the protocol names: diseases close to AML, where AML itself is not named.</summary>
internal sealed class NearAml : IEligibilityRule
{
    private static readonly (Concept Concept, string Reason)[] Cases =
    [
        (Concept.Mpal, "Mixed-phenotype acute leukemia is named, and AML is not."),
        (Concept.Bpdcn, "BPDCN is named, which AML products treat, and AML is not."),
        (Concept.Mds, "A myelodysplastic or other pre-leukemic neoplasm is named, and AML is not."),
        (Concept.BlastCrisis, "A blast crisis is named, and AML is not."),
    ];

    public string Name => "near_aml";

    public Criterion Criterion => Criterion.Population;

    public IEnumerable<RuleFinding> Read(Evidence evidence)
    {
        if (evidence.AmlTreated.Count > 0)
        {
            yield break;
        }

        foreach (var (concept, reason) in Cases)
        {
            var named = evidence.Treated(concept).ToList();
            if (named.Count > 0)
            {
                yield return RuleFinding.Of(Bearing.NamedCase, reason, named);
            }
        }
    }
}

/// <summary>A basket in which AML is plausible and unnamed. One that names other diseases alone is closed to AML.</summary>
internal sealed class Basket : IEligibilityRule
{
    public string Name => "basket";

    public Criterion Criterion => Criterion.Population;

    public IEnumerable<RuleFinding> Read(Evidence evidence)
    {
        if (evidence.AmlTreated.Count > 0)
        {
            yield break;
        }

        var others = evidence.Treated(Concept.OtherLeukemia).Concat(evidence.Record.Of(Concept.LicensedCarT).Where(evidence.IsGiven)).ToList();
        var leukemia = evidence.Treated(Concept.BasketLeukemia).ToList();
        if (leukemia.Count > 0)
        {
            yield return others.Count > 0
                ? RuleFinding.Of(Bearing.Against, "Leukemia is named, and which one: not AML.", leukemia.Concat(others))
                : RuleFinding.Of(Bearing.Open, "Leukemia is named, and not which one.", leukemia);
        }

        var blood = evidence.Treated(Concept.BasketHematologic).ToList();
        if (blood.Count > 0)
        {
            // Beside solid tumours the blood cancers of a title or condition stay as open as they are.
            var leads = blood.Exists(mention => mention.Passage.Role is FieldRole.Title or FieldRole.Condition);
            var named = others.Concat(evidence.Treated(Concept.OtherBloodCancer)).Concat(leads ? [] : evidence.Treated(Concept.SolidTumor)).Where(mention => mention.Passage.Role is FieldRole.Title or FieldRole.Condition or FieldRole.Body or FieldRole.Inclusion).ToList();
            yield return named.Count > 0
                ? RuleFinding.Of(Bearing.Against, "A basket of blood cancers is named, and which ones: not AML.", blood.Concat(named))
                : RuleFinding.Of(Bearing.Open, "A basket of blood cancers is named, and not which ones.", blood);
        }

        foreach (var open in Unnamed(evidence, others))
        {
            yield return open;
        }

        var cancer = evidence.Treated(Concept.BasketCancer).Where(mention => mention.Passage.Role is FieldRole.Condition or FieldRole.Title).ToList();
        var antigens = evidence.Record.Of(Concept.AmlAntigen).Where(mention => mention.Passage.Role is FieldRole.Title or FieldRole.Intervention).ToList();
        if (cancer.Count > 0 && antigens.Count > 0 && others.Count == 0 && blood.Count == 0 && !evidence.Treated(Concept.OtherBloodCancer, Concept.SolidTumor, Concept.OtherDisease).Any())
        {
            yield return RuleFinding.Of(Bearing.Open, "Cancer of any kind is named, and an antigen of AML.", cancer.Concat(antigens));
        }
    }

    /// <summary>No disease is named where one would stand: recipients of CAR-T cells who are followed, or an antigen of AML in a title that stands alone.</summary>
    private static IEnumerable<RuleFinding> Unnamed(Evidence evidence, List<Mention> others)
    {
        var record = evidence.Record;
        if (others.Count > 0 || evidence.Treated(Concept.OtherBloodCancer, Concept.SolidTumor, Concept.OtherDisease).Any(mention => mention.Passage.Role is FieldRole.Title or FieldRole.Condition or FieldRole.Inclusion))
        {
            yield break;
        }

        var followed = record.Of(Concept.LongTermFollowUp).Where(mention => mention.Passage.Role is FieldRole.Title).ToList();
        if (followed.Count > 0)
        {
            yield return RuleFinding.Of(Bearing.Open, "Recipients are followed, and not said what they were treated for.", followed);
        }

        var antigens = record.Of(Concept.AmlAntigen).Where(mention => mention.Passage.Role == FieldRole.Title).ToList();
        if (record.TitleOnly && antigens.Count > 0)
        {
            yield return RuleFinding.Of(Bearing.Open, "The title names an antigen of AML, and no disease.", antigens);
        }
    }
}

/// <summary>Those treated have something else.</summary>
internal sealed class OtherPopulation : IEligibilityRule
{
    public string Name => "other_population";

    public Criterion Criterion => Criterion.Population;

    public IEnumerable<RuleFinding> Read(Evidence evidence)
    {
        if (evidence.AmlTreated.Count > 0)
        {
            yield break;
        }

        var others = evidence.Treated(Concept.OtherLeukemia, Concept.OtherBloodCancer, Concept.SolidTumor, Concept.OtherDisease).ToList();
        if (others.Count > 0)
        {
            yield return RuleFinding.Of(Bearing.Against, "Other diseases are named among those treated.", others);
        }
    }
}
