using CarTIngest.Eligibility.Terms;
using CarTIngest.Eligibility.Text;

namespace CarTIngest.Eligibility.Rules;

/// <summary>
/// Where a record means CAR-T cells: by name; by a chimeric antigen receptor, spelled out, in a record that speaks of T cells; by CAR with T cells close by in the
/// sentence; by CART, or CAR beside gene-modified T cells, where nothing says that it is another (a peptide, a cart, antiretroviral therapy, a ratio); or by the
/// name of a product that is known to be CAR-T.
/// </summary>
internal sealed class CarTMentions(MarkedRecord record, int carNearTCell)
{
    public IReadOnlyList<Mention> All
    {
        get
        {
            var elsewhere = record.Of(Concept.CarBareOther).Any(mention => mention.Passage.Role is not (FieldRole.Exclusion or FieldRole.Inclusion));
            var otherCells = record.Of(Concept.OtherCar).Any();
            var tCells = record.Of(Concept.TCell, Concept.GeneModifiedT).Any(mention => mention.Passage.Role is not (FieldRole.Exclusion or FieldRole.Inclusion));
            var receptors = record.Of(Concept.ChimericReceptor).ToList();
            var modified = record.Of(Concept.GeneModifiedT).Any();
            return
            [
                .. record.Of(Concept.CarT, Concept.LicensedCarT),
                .. receptors.Where(receptor => tCells && !otherCells || IsNearTCells(receptor)),
                .. record.Of(Concept.Car).Where(car => !elsewhere && (IsNearTCells(car) || (!otherCells && (modified || (receptors.Count > 0 && tCells))))),
                .. record.Of(Concept.CarBare).Where(bare => !elsewhere && IsCorroborated(bare)),
                .. record.Of(Concept.Product),
            ];
        }
    }

    private bool IsNearTCells(Mention car) =>
        record.Beside(car).Any(other => other.Concept is Concept.TCell or Concept.GeneModifiedT && Between(car, other) <= carNearTCell)
        && !record.Beside(car).Any(other => other.Concept is Concept.OtherCar or Concept.OtherCell && Between(car, other) <= carNearTCell);

    private bool IsCorroborated(Mention bare) =>
        record.Of(Concept.CarT, Concept.Car, Concept.ChimericReceptor, Concept.Product, Concept.TCell, Concept.Lymphodepletion).Any() || TouchesAntigen(bare);

    private bool TouchesAntigen(Mention bare)
    {
        var words = bare.Passage.Words;
        var (next, previous) = (bare.Last + 1, bare.First - 1);
        return (next < words.Count && words[next].Before <= Gap.Light && char.IsDigit(words[next].Cased[0]))
            || (previous >= 0 && words[bare.First].Before <= Gap.Light && char.IsDigit(words[previous].Cased[0]))
            || record.Beside(bare).Any(other => other.Concept == Concept.Antigen && (other.First == next || other.Last == previous));
    }

    private static int Between(Mention one, Mention other) => one.Start < other.Start ? other.Start - one.End : one.Start - other.End;
}
