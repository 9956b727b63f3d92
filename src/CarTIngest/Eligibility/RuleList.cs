using CarTIngest.Eligibility.Rules;
using CarTIngest.Eligibility.Terms;

namespace CarTIngest.Eligibility;

/// <summary>The rules, in the order in which a person reads them.</summary>
internal static class RuleList
{
    public static IReadOnlyList<IEligibilityRule> Of(Lexicon lexicon) =>
    [
        new CarTNamed(),
        new CarTProduct(),
        new OtherCarCells(),
        new CarUnclear(),
        new UnknownProduct(),
        new OtherModality(),
        new AmlNamed(),
        new SecondCancer(),
        new NearAml(),
        new Basket(),
        new OtherPopulation(),
        new Registered(),
        new PublicationKind(lexicon),
        new PatientsTreated(),
        new SingleCase(lexicon),
        new NamedDesigns(),
        new NoOriginalData(),
        new PreclinicalOnly(),
        new TitleAlone(),
    ];
}
