using CarTIngest.Eligibility.Terms;
using CarTIngest.Eligibility.Text;

namespace CarTIngest.Eligibility.Rules;

/// <summary>
/// Reads what turns a mention: a mark shortly before it in the same sentence (prior, after, without, second), the section it stands in (criteria of exclusion, the
/// background of an abstract), or the mood of its sentence (may one day, has been shown). How near a mark must stand is counted in words.
/// </summary>
internal sealed class Turns(MarkedRecord record)
{
    private const int NearDenial = 3;
    private const int NearHistory = 4;
    private const int NearPrior = 5;
    private const int NearAfter = 7;
    private const int NearSecond = 7;
    private const int NearTail = 1;

    /// <summary>A mark speaks of the first of these that it meets: "after CAR-T for AML" does not say that AML came after.</summary>
    private static readonly HashSet<Concept> Things =
    [
        Concept.CarT, Concept.LicensedCarT, Concept.Product, Concept.OtherModality, Concept.CellTherapy, Concept.Aml, Concept.OtherBloodCancer, Concept.OtherLeukemia,
    ];

    private static readonly HashSet<Concept> Diseases =
    [
        Concept.Aml, Concept.AmlTrap, Concept.Mpal, Concept.Bpdcn, Concept.Mds, Concept.BlastCrisis, Concept.BasketLeukemia, Concept.BasketHematologic, Concept.BasketCancer,
        Concept.OtherLeukemia, Concept.OtherBloodCancer, Concept.SolidTumor, Concept.OtherDisease,
    ];

    public Turn Of(Mention mention)
    {
        var role = mention.Passage.Role;
        if (role == FieldRole.Exclusion)
        {
            return Turn.Excluded;
        }

        var disease = Diseases.Contains(mention.Concept);
        return IsMarked(mention, Concept.TurnNot, NearDenial) ? Turn.Denied
            : IsMarked(mention, disease ? Concept.TurnHistory : Concept.TurnPrior, disease ? NearHistory : NearPrior) || (!disease && HasTail(mention)) ? Turn.Prior
            : disease && IsMarked(mention, Concept.TurnSecond, NearSecond) ? Turn.Second
            : !disease && IsMarked(mention, Concept.TurnAfter, NearAfter) ? Turn.After
            : role is FieldRole.Title or FieldRole.Condition or FieldRole.Intervention ? Turn.None
            : record.IsBeside(mention, Concept.TurnOutlook) ? Turn.Outlook
            : role == FieldRole.Background ? Turn.Background
            : record.IsBeside(mention, Concept.TurnBackground) && !record.IsBeside(mention, Concept.ThisWork, Concept.Treated, Concept.TreatedHint) ? Turn.Background
            : Turn.None;
    }

    /// <summary>Whether the sentence of a mention speaks of earlier therapy or of keeping people out anywhere.</summary>
    public bool SpeaksOfBefore(Mention mention) => record.IsBeside(mention, Concept.TurnPrior, Concept.TurnAfter, Concept.TurnNot, Concept.TurnHistory, Concept.TurnOutlook, Concept.HeadingExclusion);

    private bool IsMarked(Mention mention, Concept concept, int near) =>
        record.Beside(mention).Any(mark => mark.Concept == concept && mark.Last < mention.First && mention.First - mark.Last <= near && !IsCutOff(mark, mention));

    private bool HasTail(Mention mention) => record.Beside(mention).Any(mark => mark.Concept == Concept.TurnPriorAfter && mark.First > mention.Last && mark.First - mention.Last <= NearTail);

    /// <summary>A list is not cut: "following cilta-cel or ide-cel" turns both.</summary>
    private bool IsCutOff(Mention mark, Mention mention) =>
        record.Beside(mention).Any(between => between.First > mark.Last && between.Last < mention.First && Things.Contains(between.Concept) && Diseases.Contains(between.Concept) != Diseases.Contains(mention.Concept))
        || (mark.Concept != Concept.TurnSecond && Diseases.Contains(mention.Concept) && record.Beside(mention).Any(between => between.First > mark.Last && between.Last < mention.First && Things.Contains(between.Concept)));
}
