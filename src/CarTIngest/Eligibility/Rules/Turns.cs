using CarTIngest.Eligibility.Terms;
using CarTIngest.Eligibility.Text;

namespace CarTIngest.Eligibility.Rules;

/// <summary>
/// Reads what turns a mention: a mark shortly before it in the same sentence (prior, after, without, second), the section it stands in (criteria of exclusion, the
/// background of an abstract), or the mood of its sentence (may one day, has been shown).
/// </summary>
internal sealed class Turns(MarkedRecord record)
{
    /// <summary>How many words before a mention a mark still speaks of it.</summary>
    private const int Reach = 7;

    /// <summary>How many words after it.</summary>
    private const int ReachBack = 3;

    private static readonly HashSet<Concept> Things = [Concept.CarT, Concept.Aml, Concept.OtherModality, Concept.CellTherapy, Concept.OtherBloodCancer, Concept.OtherLeukemia];

    public Turn Of(Mention mention)
    {
        if (mention.Passage.Role == FieldRole.Exclusion)
        {
            return Turn.Excluded;
        }

        var before = record.Beside(mention).Where(mark => mark.Last < mention.First && mention.First - mark.Last <= Reach && !IsCutOff(mark, mention)).ToList();
        var after = record.Beside(mention).Where(mark => mark.First > mention.Last && mark.First - mention.Last <= ReachBack).ToList();
        return Has(before, Concept.TurnNot) ? Turn.Denied
            : Has(before, Concept.TurnPrior) || Has(after, Concept.TurnPrior) ? Turn.Prior
            : Has(before, Concept.TurnSecond) ? Turn.Second
            : Has(before, Concept.TurnAfter) ? Turn.After
            : mention.Passage.Role == FieldRole.Title || mention.Passage.Role is FieldRole.Condition or FieldRole.Intervention ? Turn.None
            : record.IsBeside(mention, Concept.TurnOutlook) ? Turn.Outlook
            : mention.Passage.Role == FieldRole.Background ? Turn.Background
            : record.IsBeside(mention, Concept.TurnBackground) && !record.IsBeside(mention, Concept.ThisWork, Concept.Treated, Concept.TreatedHint) ? Turn.Background
            : Turn.None;
    }

    /// <summary>A mark speaks of the first thing it meets: "after CAR-T for AML" does not say that AML came after.</summary>
    private bool IsCutOff(Mention mark, Mention mention) =>
        mark.Concept is Concept.TurnAfter or Concept.TurnNot or Concept.TurnPrior
        && record.Beside(mention).Any(between => between.First > mark.Last && between.Last < mention.First && Things.Contains(between.Concept));

    private static bool Has(List<Mention> marks, Concept concept) => marks.Exists(mark => mark.Concept == concept);
}
