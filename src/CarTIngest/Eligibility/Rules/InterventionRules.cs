using CarTIngest.Eligibility.Terms;
using CarTIngest.Eligibility.Text;

namespace CarTIngest.Eligibility.Rules;

/// <summary>CAR-T cells are named as what is given, or as what the observed people had.</summary>
internal sealed class CarTNamed : IEligibilityRule
{
    public string Name => "car_t_named";

    public Criterion Criterion => Criterion.Intervention;

    public IEnumerable<RuleFinding> Read(Evidence evidence)
    {
        var given = evidence.CarTGiven.Where(mention => mention.Concept != Concept.Product).ToList();
        if (given.Count > 0)
        {
            yield return RuleFinding.Of(Bearing.Met, "CAR-T cells are named as what is given.", given);
        }

        foreach (var turn in evidence.Record.CarT.Except(evidence.CarTGiven).GroupBy(evidence.TurnOf))
        {
            var led = turn.Any(mention => mention.Passage.Role == FieldRole.Title);
            yield return RuleFinding.Of(!led ? Bearing.Against : turn.Key switch { Turn.After => Bearing.Met, Turn.Prior => evidence.InTitle(Concept.LongTermFollowUp).Any() ? Bearing.Met : Bearing.Open, _ => Bearing.Against }, Reason(turn.Key), turn);
        }
    }

    private static string Reason(Turn turn) => turn switch
    {
        Turn.Excluded => "CAR-T cells are named among the criteria of exclusion.",
        Turn.Prior => "CAR-T cells are named as a therapy that came before.",
        Turn.After => "Those who had CAR-T cells are followed or treated further.",
        Turn.Denied => "CAR-T cells are named as what is not given.",
        Turn.Outlook => "CAR-T cells are named as what may come.",
        Turn.Second => "CAR-T cells are named beside a second disease.",
        _ => "CAR-T cells are named in passing.",
    };
}

/// <summary>A product of the lexicon that is known to be CAR-T, also where the words never appear.</summary>
internal sealed class CarTProduct : IEligibilityRule
{
    public string Name => "car_t_product";

    public Criterion Criterion => Criterion.Intervention;

    public IEnumerable<RuleFinding> Read(Evidence evidence)
    {
        foreach (var product in evidence.CarTGiven.Where(mention => mention.Concept == Concept.Product).GroupBy(mention => mention.Term.Name))
        {
            yield return RuleFinding.Of(Bearing.Met, $"{product.Key} is known to be CAR-T cells.", product);
        }
    }
}

/// <summary>Another cell bears the CAR: natural killer cells, macrophages; or another receptor than a CAR is built the same way.</summary>
internal sealed class OtherCarCells : IEligibilityRule
{
    public string Name => "other_car_cells";

    public Criterion Criterion => Criterion.Intervention;

    public IEnumerable<RuleFinding> Read(Evidence evidence)
    {
        var record = evidence.Record;
        // "CAR", and natural killer cells close by: the CAR is theirs.
        var theirs = record.Of(Concept.Car, Concept.ChimericReceptor).Where(car => record.IsBeside(car, Concept.OtherCell) && !record.CarT.Contains(car));
        var other = record.Of(Concept.OtherCar, Concept.HybridCar).Concat(theirs).Where(evidence.IsGiven).ToList();
        if (other.Count == 0)
        {
            yield break;
        }

        var leads = other.Exists(mention => IsLead(mention)) && !evidence.CarTGiven.Any(IsLead);
        if (leads || evidence.CarTGiven.Count == 0)
        {
            yield return RuleFinding.Of(Bearing.NamedCase, "The cells that bear the receptor are not plain CAR-T cells: a person decides.", other);
        }
    }

    private static bool IsLead(Mention mention) => mention.Passage.Role is FieldRole.Title or FieldRole.Intervention or FieldRole.InterventionDescription;
}

/// <summary>Gene-modified T cells of which the text does not say that the gene is a CAR's; or a CAR of which it does not say which cell bears it.</summary>
internal sealed class CarUnclear : IEligibilityRule
{
    public string Name => "car_unclear";

    public Criterion Criterion => Criterion.Intervention;

    public IEnumerable<RuleFinding> Read(Evidence evidence)
    {
        if (evidence.CarTGiven.Count > 0)
        {
            yield break;
        }

        // What is modified is said to be a T-cell receptor's gene.
        var otherGene = evidence.Record.Of(Concept.OtherModality).Any(mention => mention.Term.Name.Contains("TCR", StringComparison.Ordinal) || mention.Term.Name.Contains("receptor", StringComparison.Ordinal));
        var cells = evidence.Record.Of(Concept.GeneModifiedT).Where(evidence.IsGiven).ToList();
        if (cells.Count > 0 && otherGene)
        {
            yield return RuleFinding.Of(Bearing.Bars, "T cells are gene-modified, by the gene of a T-cell receptor.", cells);
        }
        else if (cells.Count > 0)
        {
            yield return RuleFinding.Of(Bearing.NamedCase, "T cells are gene-modified, and the text does not say by a CAR.", cells);
        }

        var receptors = evidence.Record.Of(Concept.Car, Concept.ChimericReceptor, Concept.CarBare).Where(evidence.IsGiven).ToList();
        if (receptors.Count > 0 && !evidence.Record.Of(Concept.CarBareOther).Any(mention => mention.Passage.Role is not (FieldRole.Exclusion or FieldRole.Inclusion)))
        {
            yield return RuleFinding.Of(Bearing.Open, "A CAR is named, and no T cells near it.", receptors);
        }
    }
}

/// <summary>AML with a product that the text does not describe, given as CAR-T cells are: after lymphodepletion, from apheresis, as cells or a gene.</summary>
internal sealed class UnknownProduct : IEligibilityRule
{
    public string Name => "unknown_product";

    public Criterion Criterion => Criterion.Intervention;

    public IEnumerable<RuleFinding> Read(Evidence evidence)
    {
        if (evidence.CarTGiven.Count > 0 || evidence.AmlTreated.Count == 0)
        {
            yield break;
        }

        var hints = evidence.Record.Of(Concept.Lymphodepletion, Concept.CellProductHint).Where(mention => (evidence.TurnOf(mention) is Turn.None or Turn.Background || (evidence.TurnOf(mention) == Turn.After && mention.Concept == Concept.Lymphodepletion)) && Tells(evidence.Record, mention)).ToList();
        hints = hints.Count > 0 ? hints : BothDrugs(evidence);
        if (hints.Count > 0)
        {
            yield return RuleFinding.Of(Bearing.Open, "The product is not described, and is given as CAR-T cells are.", hints);
        }
    }

    /// <summary>Registrations list fludarabine and cyclophosphamide one by one. Both are given before transplants too, so that a product by a code must stand beside them.</summary>
    private static List<Mention> BothDrugs(Evidence evidence)
    {
        var drugs = evidence.Record.Of(Concept.LymphodepletionDrug).Where(drug => evidence.TurnOf(drug) is Turn.None or Turn.Background or Turn.After && IsOfWhatIsGiven(drug) && IsCode(evidence.Record, drug)).ToList();
        return drugs.DistinctBy(drug => drug.Term.Name).Count() > 1 ? drugs : [];
    }

    private static bool IsOfWhatIsGiven(Mention drug) => drug.Passage.Role is FieldRole.Title or FieldRole.Intervention or FieldRole.InterventionDescription or FieldRole.Summary or FieldRole.Description or FieldRole.Body;

    /// <summary>A registration tells by what it gives. A publication leaves it open where a title stands alone, or names a product by a code and nothing else.</summary>
    private static bool Tells(MarkedRecord record, Mention hint) => record.Trial is null ? record.TitleOnly || IsCode(record, hint) : hint.Passage.Role switch
    {
        FieldRole.Title or FieldRole.Intervention or FieldRole.InterventionDescription or FieldRole.Inclusion => true,
        FieldRole.Summary or FieldRole.Description => hint.Concept == Concept.Lymphodepletion || record.IsBeside(hint, Concept.ThisWork),
        _ => false,
    };

    private static bool IsCode(MarkedRecord record, Mention hint) =>
        record.Codes.Any && hint.Passage.Role is not FieldRole.Index
        && !record.Of(Concept.OtherModality, Concept.OtherCell).Any(other => other.Passage.Role is FieldRole.Title or FieldRole.Body or FieldRole.Background);
}

/// <summary>Another modality is what is given: an antibody, an engineered T-cell receptor, edited stem cells, a vaccine.</summary>
internal sealed class OtherModality : IEligibilityRule
{
    public string Name => "other_modality";

    public Criterion Criterion => Criterion.Intervention;

    public IEnumerable<RuleFinding> Read(Evidence evidence)
    {
        var other = evidence.Record.Of(Concept.OtherModality).Where(IsLead).Where(evidence.IsGiven).ToList();
        var car = evidence.CarTGiven.Concat(evidence.Record.Of(Concept.OtherCar, Concept.HybridCar).Where(evidence.IsGiven));
        if (other.Count > 0 && !car.Any(IsLead))
        {
            yield return car.Any()
                ? RuleFinding.Of(Bearing.NamedCase, "Another modality leads, and CAR-T cells are named beside it.", other)
                : RuleFinding.Of(Bearing.Bars, "Another modality than CAR-T cells is what is given.", other);
        }
    }

    private static bool IsLead(Mention mention) => mention.Passage.Role is FieldRole.Title or FieldRole.Intervention or FieldRole.InterventionDescription;
}
