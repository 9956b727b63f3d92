using CarTIngest.Matching;
using CarTIngest.Records;

namespace CarTIngest.Tests.Matching;

public sealed class SamePatientsTests
{
    private static readonly PublicationAuthor[] Team = [Author("Brabek", "A"), Author("Corlund", "J"), Author("Delmota", "K"), Author("Fenpova", "M")];

    [Fact]
    public void Warns_of_two_reports_of_one_study_with_the_patients_of_each()
    {
        var trial = new Trial { NctId = "NCT90000001" };
        var early = Paper(1, "2021-03", "We treated 6 patients.") with { RegistryNumbers = ["NCT90000001"], PublicationTypes = ["Letter"] };
        var late = Paper(2, "2023-03", "We treated 14 patients.") with { RegistryNumbers = ["NCT90000001"] };
        var warning = Assert.Single(Found(trial, early, late));
        Assert.Equal(trial.Id, warning.Study);
        Assert.Equal("Both report patients of nct:NCT90000001: a letter and a paper.", warning.Reason);
        Assert.Equal(("6", "14"), (warning.Parts[1].First, warning.Parts[1].Second));
    }

    [Fact]
    public void Does_not_name_a_report_as_the_study_that_it_reports()
    {
        var (early, late) = (Paper(1, "2021-03", "We treated 6 patients.") with { RegistryNumbers = ["NCT90000001"], PublicationTypes = ["Letter"] }, Paper(2, "2023-03", "We treated 14 patients.") with { RegistryNumbers = ["NCT90000001"] });

        Assert.Equal("Both report patients of one study: a letter and a paper.", Assert.Single(Found(early, late)).Reason);
    }

    [Fact]
    public void An_erratum_counts_no_patients() => Assert.Empty(Found(
        new Trial { NctId = "NCT90000001" }, Paper(1, "2021-03", "6 patients") with { RegistryNumbers = ["NCT90000001"] },
        Paper(2, "2021-05", "6 patients") with { RegistryNumbers = ["NCT90000001"], PublicationTypes = ["Published Erratum"] }));

    [Fact]
    public void Warns_where_the_same_people_report_the_same_antigen_in_two_studies()
    {
        var warning = Assert.Single(Found(Paper(1, "2021-03", "XA11 T cells, 6 patients"), Paper(2, "2022-03", "XA11 T cells, 9 patients") with { Authors = Team[1..] }));
        Assert.Null(warning.Study);
        Assert.Equal(["product or antigen", "authors", "dates"], warning.Parts.Select(part => part.Part));
    }

    [Theory]
    [InlineData("2022-03", "XB27 T cells, 9 patients", 4)]
    [InlineData("2029-03", "XA11 T cells, 9 patients", 4)]
    [InlineData("2022-03", "XA11 T cells, 9 patients", 2)]
    public void Is_silent_where_antigen_time_or_people_differ(string published, string text, int authors) =>
        Assert.Empty(Found(Paper(1, "2021-03", "XA11 T cells, 6 patients"), Paper(2, published, text) with { Authors = Team[..authors] }));

    [Fact]
    public void Warns_of_a_sponsors_two_trials_of_one_programme_at_one_time()
    {
        var one = Registered("NCT90000001", "2018-01", "2020-01");
        Assert.Single(Found(one, Registered("NCT90000002", "2019-06", "2022-01")));
        Assert.Empty(Found(one, Registered("NCT90000002", "2020-06", "2022-01")));
        Assert.Empty(Found(one, Registered("NCT90000002", "2019-06", "2022-01") with { Sponsor = "Valdoria University Hospital" }));
        Assert.Empty(Found(one, Registered("NCT90000002", "2019-06", "2022-01") with { Start = null }));
    }

    private static IReadOnlyList<SamePatientsWarning> Found(params SourceRecord[] records) =>
        SamePatients.Find(SmallWorld.Build(records, []).Studies, records, Names, CancellationToken.None);

    private static HashSet<string> Names(SourceRecord record) =>
        new[] { "XA11", "XB27" }.Where(name => RecordJson.Write(record).Contains(name, StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);

    private static Trial Registered(string nct, string start, string end) =>
        new() { NctId = nct, BriefTitle = "XA11 T cells", Sponsor = "Northmere Cancer Institute", Start = Date(start), PrimaryCompletion = Date(end) };

    private static Publication Paper(long pmid, string published, string text) =>
        new() { Pmid = pmid, Title = $"Notes of {(char)('A' + pmid)}", Abstract = [new(null, text)], Published = Date(published), Authors = Team };

    private static PublicationAuthor Author(string last, string initials) => new() { Last = last, Initials = initials };

    private static PartialDate Date(string text) => PartialDate.TryParse(text, out var date) ? date : throw new FormatException(text);
}
