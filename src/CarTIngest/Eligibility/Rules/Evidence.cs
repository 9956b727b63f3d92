using CarTIngest.Eligibility.Terms;
using CarTIngest.Eligibility.Text;

namespace CarTIngest.Eligibility.Rules;

/// <summary>What several rules ask of a record: which mentions are of what is given, and of who is treated.</summary>
internal sealed class Evidence
{
    private readonly Turns turns;
    private readonly Dictionary<Mention, Turn> turned;

    public Evidence(MarkedRecord record)
    {
        Record = record;
        turns = new Turns(record);
        turned = [];
        CarTGiven = [.. record.CarT.Where(IsGiven)];
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
    public bool IsGiven(Mention mention) => TurnOf(mention) == Turn.None && mention.Passage.Role switch
    {
        FieldRole.Title or FieldRole.Keyword or FieldRole.Intervention or FieldRole.InterventionDescription or FieldRole.Outcome or FieldRole.Body or FieldRole.Conclusion => true,
        FieldRole.Summary or FieldRole.Description => Record.IsBeside(mention, Concept.ThisWork, Concept.Treated),
        FieldRole.Inclusion => Record.IsBeside(mention, Concept.Treated),
        FieldRole.Condition => true,
        _ => false,
    };

    /// <summary>Whether those who have what a mention names are among the people of this record.</summary>
    public bool IsTreated(Mention mention) => TurnOf(mention) == Turn.None && mention.Passage.Role switch
    {
        FieldRole.Title or FieldRole.Condition or FieldRole.Keyword or FieldRole.Intervention or FieldRole.InterventionDescription or FieldRole.Inclusion or FieldRole.Outcome or FieldRole.Body => true,
        FieldRole.Summary or FieldRole.Conclusion => !Record.IsBeside(mention, Concept.TurnBackground) || Record.IsBeside(mention, Concept.ThisWork, Concept.Treated),
        FieldRole.Description => Record.IsBeside(mention, Concept.ThisWork, Concept.Treated),
        _ => false,
    };

    public IEnumerable<Mention> Treated(params ReadOnlySpan<Concept> concepts) => Record.Of(concepts).Where(IsTreated);

    public IEnumerable<Mention> InTitle(params ReadOnlySpan<Concept> concepts) => Record.Of(concepts).Where(mention => mention.Passage.Role == FieldRole.Title);
}
