using CarTIngest.Records;
using CarTIngest.Screening;
using static CarTIngest.Tests.Screening.Judged;

namespace CarTIngest.Tests.Screening;

public sealed class PublishedStudyTests
{
    private const string Pooled = "pmid:9";
    private const string First = "nct:NCT99000001";
    private const string Second = "nct:NCT99000002";

    private static readonly BaseReview Review = new("1.0", "10.9999/invented", Date("2025-01")!.Value, 3, null,
    [
        new IncludedRow(2, "Muster 2020", [Id(Pooled), Id(First)], null, ""),
        new IncludedRow(3, "Muster 2021", [Id(Pooled), Id(Second)], null, ""),
        new IncludedRow(4, "Nobody 2022", [], null, ""),
    ]);

    private static readonly ILookup<string, string> StudiesOf = new[] { (Pooled, First), (Pooled, Second), (First, First), (Second, Second) }.ToLookup(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);

    [Fact]
    public void Each_is_decided_on_under_a_name_of_its_own_though_a_report_pools_several()
    {
        var studies = PublishedStudy.Of(Review, StudiesOf);
        var state = Votes.Of(ProtocolFile.Plain, new DecisionDraft("Ada", studies[1].Id, new Classed(StudyClass.Excluded, "same_patients")), new DecisionDraft("Ada", studies[2].Id, new Classed(StudyClass.Ongoing)));

        Assert.Equal([First, Second, "base:Nobody 2022"], studies.Select(study => study.Id));
        Assert.Equal([[First, Second], [Second, First], []], studies.Select(study => study.Studies));
        Assert.Equal([StudyClass.Included, StudyClass.Excluded, StudyClass.Ongoing], studies.Select(study => study.ClassIn(state)));
    }

    [Fact]
    public void The_last_class_under_any_of_its_names_counts()
    {
        var study = PublishedStudy.Of(Review, StudiesOf)[0];
        var excluded = new DecisionDraft("Ada", First, new Classed(StudyClass.Excluded, "same_patients"));
        var again = new DecisionDraft("Ben", "base:Muster 2020", new Classed(StudyClass.Included));

        Assert.Equal(new StudyProgress(null, StudyClass.Excluded, null, "same_patients"), study.ProgressIn(Votes.Of(ProtocolFile.Plain, again, excluded)));
        Assert.True(study.ProgressIn(Votes.Of(ProtocolFile.Plain, excluded, again)).IsIncluded);
        Assert.True(study.ProgressIn(Votes.Of(ProtocolFile.Plain)).IsIncluded);
    }
}
