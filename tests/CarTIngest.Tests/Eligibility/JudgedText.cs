using CarTIngest.Eligibility;
using CarTIngest.Records;
using CarTIngest.Simulation;

namespace CarTIngest.Tests.Eligibility;

/// <summary>Records of a few words, judged by the bundled rulebook.</summary>
internal static class JudgedText
{
    public static Judgement Study(string title, string[]? conditions = null, string[]? interventions = null, string? summary = null, string? eligibility = null) => BundledReview.Rulebook.Judge(new Trial
    {
        NctId = "NCT97000001",
        BriefTitle = title,
        Conditions = conditions ?? [],
        Interventions = [.. (interventions ?? []).Select(name => new Intervention("BIOLOGICAL", name, [], null))],
        Summary = summary,
        Eligibility = eligibility,
    });

    public static Judgement Paper(string title, string? text = null, params string[] types) => BundledReview.Rulebook.Judge(new Publication
    {
        Pmid = 1,
        Title = title,
        Abstract = text is null ? [] : [new AbstractSection(null, text)],
        PublicationTypes = types.Length > 0 ? types : ["Journal Article"],
    });
}
