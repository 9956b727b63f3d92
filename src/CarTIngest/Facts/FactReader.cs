using CarTIngest.Eligibility;
using CarTIngest.Eligibility.Rules;
using CarTIngest.Records;

namespace CarTIngest.Facts;

/// <summary>
/// Reads the facts of a record. A registration's are its fields; a publication's are read from title and abstract, where they say it plainly. What cells were made of, which
/// antigen they look for and what they are called is read from the words of both. Blind spot: full text and tables, where papers say most of it. Never guesses.
/// </summary>
public static class FactReader
{
    /// <summary>Others' patients told again: their numbers and phases are not this record's.</summary>
    private static readonly string[] WithoutPatients = ["Review", "Systematic Review", "Meta-Analysis", "Editorial", "Guideline", "Practice Guideline", "News", "Published Erratum", "Retraction of Publication"];

    /// <param name="rulebook">Its lexicon tells what the words mean.</param>
    /// <returns>At most one of a kind, in the order of the kinds; none of a deletion.</returns>
    public static IReadOnlyList<Fact> Of(SourceRecord record, Rulebook rulebook)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(rulebook);
        return record switch
        {
            Trial trial => InOrder([.. RegisteredFacts.Of(trial), .. OfTheCells(rulebook.Read(trial), rulebook)]),
            Publication publication => InOrder(OfPublication(publication, rulebook)),
            _ => [],
        };
    }

    private static List<Fact?> OfPublication(Publication publication, Rulebook rulebook)
    {
        var evidence = rulebook.Read(publication);
        List<Fact?> cells = [.. OfTheCells(evidence, rulebook)];
        return publication.PublicationTypes.Any(type => WithoutPatients.Contains(type, StringComparer.OrdinalIgnoreCase))
            ? cells
            : [.. cells, PublishedPhase.Of(evidence), PublishedPatients.Enrolled(evidence), PublishedPatients.Treated(evidence), PublishedCountry.Of(evidence)];
    }

    private static IEnumerable<Fact?> OfTheCells(Evidence evidence, Rulebook rulebook) =>
        [TargetsOf(rulebook.TargetsIn(evidence)), ProductNames.Of(evidence), CellSource.Of(evidence)];

    private static Fact? TargetsOf(IReadOnlyList<BoundTarget> found)
    {
        var first = found.DistinctBy(target => target.Name).OrderBy(target => target.Name, StringComparer.Ordinal).ToList();
        return first.Count == 0 ? null : new Fact(FactKind.Targets, [.. first.Select(target => target.Name)], [.. first.Select(target => target.Quote)]);
    }

    private static List<Fact> InOrder(IEnumerable<Fact?> facts) => [.. facts.OfType<Fact>().OrderBy(fact => fact.Kind)];
}
