using CarTIngest.Eligibility.Terms;
using CarTIngest.Eligibility.Text;

namespace CarTIngest.Eligibility.Rules;

/// <summary>What several rules ask of a record: which mentions are of what is given, and of who is treated.</summary>
internal sealed class Evidence
{
    private readonly Turns turns;
    private readonly Dictionary<Mention, Turn> turned;

    /// <summary>Whether the letters AML stand for something else here.</summary>
    private readonly bool meansOtherwise;

    /// <summary>Whether title or interventions name cells at all.</summary>
    private readonly bool leadsWithCells;

    /// <summary>Whether title and conditions name other diseases, and not AML.</summary>
    private readonly bool leadsElsewhere;

    public Evidence(MarkedRecord record)
    {
        Record = record;
        turns = new Turns(record);
        turned = [];
        leadsElsewhere = IsLed(Concept.OtherLeukemia, Concept.OtherBloodCancer, Concept.SolidTumor, Concept.OtherDisease, Concept.Mds, Concept.Mpal, Concept.BlastCrisis, Concept.Bpdcn) && !IsLed(Concept.Aml);
        leadsWithCells = IsLedBy(Concept.CarT, Concept.LicensedCarT, Concept.Product, Concept.ChimericReceptor, Concept.Car, Concept.CarBare, Concept.OtherCar, Concept.HybridCar)
            || (IsLedBy(Concept.GeneModifiedT, Concept.CellTherapy) && !IsLedBy(Concept.OtherModality));
        CarTGiven = OnlyWhatIsStillGiven([.. record.CarT.Where(IsGiven)]);
        meansOtherwise = record.Of(Concept.AmlOther).Any(mention => mention.Passage.Role != FieldRole.Exclusion) && record.Of(Concept.Aml).All(mention => mention.Term.Cased.Any(word => word is not null));
        AmlTreated = [.. record.Of(Concept.Aml).Where(IsTreated)];
    }

    public MarkedRecord Record { get; }

    /// <summary>CAR-T cells that are given, or whose recipients are observed.</summary>
    public IReadOnlyList<Mention> CarTGiven { get; }

    public IReadOnlyList<Mention> AmlTreated { get; }

    public Turn TurnOf(Mention mention)
    {
        if (!turned.TryGetValue(mention, out var turn))
        {
            turned[mention] = turn = turns.Of(mention);
        }

        return turn;
    }

    /// <summary>Whether what a mention names is given to the people of this record.</summary>
    public bool IsGiven(Mention mention) => IsDefinition(mention) || (TurnOf(mention) == Turn.None && mention.Passage.Role switch
    {
        FieldRole.Title or FieldRole.Intervention or FieldRole.InterventionDescription or FieldRole.Condition => true,
        FieldRole.Keyword or FieldRole.Outcome => leadsWithCells || Record.TitleOnly,
        FieldRole.Body or FieldRole.Conclusion => leadsWithCells || (IsBesideGiving(mention) && !turns.SpeaksOfBefore(mention)),
        FieldRole.Summary or FieldRole.Description => IsBesideGiving(mention) && (leadsWithCells || !turns.SpeaksOfBefore(mention)),
        _ => false,
    });

    /// <summary>"HX-21 is a CAR-T product": wherever it stands, it says what the title's HX-21 is.</summary>
    private bool IsDefinition(Mention mention) => Record.Codes.IsNamedBeside(mention) && TurnOf(mention) is Turn.None or Turn.Background;

    /// <summary>A registration whose title speaks of a time after CAR-T cells gives them only where its interventions name them.</summary>
    private List<Mention> OnlyWhatIsStillGiven(List<Mention> given) =>
        Record.Trial is not null
        && Record.CarT.Any(mention => mention.Passage.Role == FieldRole.Title && TurnOf(mention) is Turn.After or Turn.Prior)
        && !given.Exists(mention => mention.Passage.Role is FieldRole.Intervention or FieldRole.InterventionDescription)
            ? []
            : given;

    private bool IsBesideGiving(Mention mention) => Record.IsBeside(mention, Concept.ThisWork, Concept.Treated, Concept.TreatedHint);

    /// <summary>Whether those who have what a mention names are among the people of this record.</summary>
    public bool IsTreated(Mention mention) => !IsOtherAcronym(mention) && (TurnOf(mention) == Turn.None || IsSubtype(mention)) && mention.Passage.Role switch
    {
        FieldRole.Title or FieldRole.Condition or FieldRole.Keyword or FieldRole.Intervention or FieldRole.InterventionDescription or FieldRole.Inclusion or FieldRole.Outcome => true,
        FieldRole.Body => !leadsElsewhere || (Human.IsCountedBeside(Record, mention) && !Record.IsBeside(mention, Concept.TurnSecond, Concept.TurnBackground, Concept.TurnHistory, Concept.TurnNot)),
        FieldRole.Summary => leadsElsewhere ? Record.IsBeside(mention, Concept.ThisWork) && !Record.IsBeside(mention, Concept.TurnBackground) : !Record.IsBeside(mention, Concept.TurnBackground) || Record.IsBeside(mention, Concept.ThisWork),
        FieldRole.Conclusion => !leadsElsewhere,
        FieldRole.Description => Record.IsBeside(mention, Concept.ThisWork),
        _ => false,
    };

    /// <summary>Secondary AML is AML where no first disease is named whose treatment the record is about.</summary>
    private bool IsSubtype(Mention mention) => mention.Concept == Concept.Aml && TurnOf(mention) == Turn.Second
        && ((!leadsElsewhere && !Record.IsBeside(mention, Concept.CarT, Concept.LicensedCarT)) || IsTreatedByTitle(mention));

    /// <summary>"CLL-1 CAR-T cells for AML that arose after lymphoma": the cells come first, and are given.</summary>
    private bool IsTreatedByTitle(Mention mention) =>
        mention.Passage.Role == FieldRole.Title && Record.Beside(mention).Any(cells => cells.Concept is Concept.CarT or Concept.Product && cells.Last < mention.First
            && (TurnOf(cells) == Turn.None || (TurnOf(cells) == Turn.After && !Record.IsBeside(mention, Concept.OtherBloodCancer, Concept.OtherLeukemia, Concept.LicensedCarT))));

    /// <summary>AML as an acronym, in a record that spells out something else by these letters and never the leukemia.</summary>
    private bool IsOtherAcronym(Mention mention) => mention.Concept == Concept.Aml && meansOtherwise && mention.Term.Cased.Any(word => word is not null);

    public IEnumerable<Mention> Treated(params ReadOnlySpan<Concept> concepts) => Record.Of(concepts).Where(IsTreated);

    private bool IsLedBy(params ReadOnlySpan<Concept> concepts) =>
        Record.Of(concepts).Any(mention => mention.Passage.Role is FieldRole.Title or FieldRole.Intervention or FieldRole.InterventionDescription && TurnOf(mention) == Turn.None);

    private bool IsLed(params ReadOnlySpan<Concept> concepts)
    {
        foreach (var mention in Record.Of(concepts))
        {
            if (mention.Passage.Role is FieldRole.Title or FieldRole.Condition && TurnOf(mention) is Turn.None or Turn.After)
            {
                return true;
            }
        }

        return false;
    }

    public IEnumerable<Mention> InTitle(params ReadOnlySpan<Concept> concepts) => Record.Of(concepts).Where(mention => mention.Passage.Role == FieldRole.Title);
}
