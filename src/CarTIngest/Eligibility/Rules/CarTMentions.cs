using CarTIngest.Eligibility.Terms;
using CarTIngest.Eligibility.Text;

namespace CarTIngest.Eligibility.Rules;

/// <summary>
/// Where a record means CAR-T cells: by name; by CAR or chimeric antigen receptor with T cells close by in the sentence; by CART where something else in the record
/// says that it is no other CART (a peptide, antiretroviral therapy, a cart); or by the name of a product that is known to be CAR-T.
/// </summary>
internal sealed class CarTMentions(MarkedRecord record, int carNearTCell)
{
    public IReadOnlyList<Mention> All =>
    [
        .. record.Of(Concept.CarT, Concept.LicensedCarT),
        .. record.Of(Concept.Car).Where(IsNearTCells),
        .. record.Of(Concept.CarBare).Where(IsCorroborated),
        .. record.Of(Concept.Product),
    ];

    private bool IsNearTCells(Mention car) =>
        record.Beside(car).Any(other => other.Concept == Concept.TCell && Between(car, other) <= carNearTCell)
        && !record.Beside(car).Any(other => other.Concept == Concept.OtherCar && Between(car, other) <= carNearTCell);

    private bool IsCorroborated(Mention bare) =>
        !record.Of(Concept.CarBareOther).Any()
        && (record.Of(Concept.CarT, Concept.Car, Concept.Product, Concept.TCell, Concept.Lymphodepletion).Any() || TouchesAntigenOrNumber(bare));

    private static bool TouchesAntigenOrNumber(Mention bare)
    {
        var words = bare.Passage.Words;
        var next = bare.Last + 1;
        var previous = bare.First - 1;
        return (next < words.Count && words[next].Before <= Gap.Light && char.IsDigit(words[next].Cased[0]))
            || (previous >= 0 && words[bare.First].Before <= Gap.Light && char.IsDigit(words[previous].Cased[0]));
    }

    private static int Between(Mention one, Mention other) => one.Start < other.Start ? other.Start - one.End : one.Start - other.End;
}
