using CarTIngest.Facts;
using CarTIngest.Records;
using CarTIngest.Simulation;

namespace CarTIngest.Tests.Facts;

/// <summary>Records of a few sentences, and what is read of them with the bundled rulebook's words.</summary>
internal static class FactText
{
    public const string Title = "CD33 CAR-T cells for acute myeloid leukemia";

    /// <summary>A publication whose abstract is one section of methods and results.</summary>
    public static Publication Paper(string text, string title = Title, params string[] types) => new()
    {
        Pmid = 1,
        Title = title,
        Abstract = [new AbstractSection("METHODS AND RESULTS", text)],
        PublicationTypes = types.Length > 0 ? types : ["Journal Article"],
    };

    public static Trial Study(string title = Title, string? summary = null, params string[] interventions) => new()
    {
        NctId = "NCT97000001",
        BriefTitle = title,
        Summary = summary,
        Interventions = [.. interventions.Select(name => new Intervention("BIOLOGICAL", name, [], null))],
    };

    public static IReadOnlyList<Fact> FactsOf(SourceRecord record) => FactReader.Of(record, BundledReview.Rulebook);

    /// <summary>What the record says of it; null where it says nothing.</summary>
    public static string? Of(SourceRecord record, FactKind kind) => FactsOf(record).SingleOrDefault(fact => fact.Kind == kind)?.Text;

    /// <summary>The same of one sentence of an abstract.</summary>
    public static string? Said(string sentence, FactKind kind) => Of(Paper(sentence), kind);
}
