using CarTIngest.Matching;
using CarTIngest.Records;

namespace CarTIngest.Tests.Matching;

public sealed class StudyBuilderTests
{
    private static readonly Trial First = new() { NctId = "NCT90000001", BriefTitle = "ZQ-481 in AML", HasResults = true };
    private static readonly Trial Second = new() { NctId = "NCT90000002", BriefTitle = "VX-900 in AML" };

    [Fact]
    public void A_registration_and_its_paper_are_two_records_of_one_study()
    {
        var study = Assert.Single(Built(First, Paper(1, "NCT90000001")).Studies);
        Assert.Equal("nct:NCT90000001", study.Id.Text);
        Assert.True(Assert.Single(study.Registrations).ResultsPosted);
        Assert.Equal("databank", Assert.Single(Assert.Single(study.Reports).Because).Clues[0].Clue);
    }

    [Fact]
    public void A_pooled_paper_reports_both_trials_and_merges_neither() =>
        Assert.Equal(["nct:NCT90000001: 1", "nct:NCT90000002: 1"], Shown(Built(First, Second, Paper(1, "NCT90000001", "NCT90000002"))));

    [Fact]
    public void Registrations_that_share_a_number_of_a_second_registry_are_one_study() => Assert.Equal(["nct:NCT90000001: 1"], Shown(Built(
        First with { SecondaryIds = [new(null, "2015-001234-56")] }, Second with { SecondaryIds = [new(null, "2015-001234-56")] }, Paper(1, "NCT90000002"))));

    [Fact]
    public void Papers_of_a_trial_registered_elsewhere_share_a_study_of_the_lowest() =>
        Assert.Equal(["pmid:1: 1 2", "pmid:3: 3"], Shown(Built(Paper(2, "ChiCTR1900025419"), Paper(1, "ChiCTR1900025419"), Paper(3))));

    [Fact]
    public void A_paper_that_pools_trials_registered_elsewhere_is_in_each_and_unites_none() => Assert.Equal(
        ["pmid:2: 1 2", "pmid:3: 1 3"], Shown(Built(Paper(1, "ChiCTR1900025419", "jRCT2033210140"), Paper(2, "ChiCTR1900025419"), Paper(3, "jRCT2033210140"))));

    [Fact]
    public void A_study_is_renamed_when_its_registration_comes()
    {
        var before = Built(Paper(1, "NCT90000001"), Paper(2, "NCT90000001")).Studies;
        var after = Built(Paper(1, "NCT90000001"), Paper(2, "NCT90000001"), First).Studies;
        Assert.Equal("pmid:1", Assert.Single(before).Id.Text);
        Assert.Equal("nct:NCT90000001", Assert.Single(after).Id.Text);
    }

    [Fact]
    public void A_preprint_follows_its_paper_into_its_study()
    {
        var preprint = Paper(9) with { PublicationTypes = ["Preprint"], Corrections = [new("UpdateIn", 1, null)] };
        var study = Assert.Single(Built(First, preprint, Paper(1, "NCT90000001")).Studies);
        Assert.Equal([ReportKind.Paper, ReportKind.Preprint], study.Reports.Select(report => report.Kind));
    }

    [Fact]
    public void A_preprint_that_a_person_keeps_apart_from_the_trial_does_not_follow()
    {
        var preprint = Paper(9) with { PublicationTypes = ["Preprint"], Corrections = [new("UpdateIn", 1, null)] };
        Assert.Equal(["nct:NCT90000001: 1", "pmid:9: 9"], Shown(Built([First, preprint, Paper(1, "NCT90000001")], Apart(preprint.Id, First.Id))));
    }

    [Fact]
    public void Kept_apart_from_one_registration_is_kept_apart_from_its_trial() => Assert.Equal(["nct:NCT90000001: ", "pmid:1: 1"], Shown(Built(
        [First with { SecondaryIds = [new(null, "2015-001234-56")] }, Second with { SecondaryIds = [new(null, "2015-001234-56")] }, Paper(1, "NCT90000002")], Apart(First.Id, Paper(1).Id))));

    [Fact]
    public void What_is_kept_apart_from_a_trial_brings_no_other_version_there()
    {
        var preprint = Paper(9) with { PublicationTypes = ["Preprint"], Corrections = [new("UpdateIn", 1, null)] };
        var (one, other) = (First with { SecondaryIds = [new(null, "2015-001234-56")] }, Second with { SecondaryIds = [new(null, "2015-001234-56")] });
        Assert.Equal(["nct:NCT90000001: ", "pmid:1: 1 9"], Shown(Built([one, other, preprint, Paper(1, "NCT90000002")], Apart(First.Id, Paper(1).Id))));
    }

    [Fact]
    public void A_persons_word_goes_before_a_clue_that_contradicts_it()
    {
        var third = Second with { NctId = "NCT90000003" };
        var (one, other) = (First with { Aliases = ["NCT80000001"] }, Second with { Aliases = ["NCT80000001"] });
        var together = Apart(Second.Id, third.Id) with { Ruling = Ruling.Together };
        Assert.Equal(["nct:NCT90000001", "nct:NCT90000002"], Built([one, other, third], together, Apart(First.Id, third.Id)).Studies.Select(study => study.Id.Text));
    }

    [Fact]
    public void The_last_word_of_a_person_counts()
    {
        var paper = Paper(1, "NCT90000001");
        var apart = Apart(First.Id, paper.Id);
        var together = apart with { Ruling = Ruling.Together, At = apart.At.AddDays(1), By = "second reader" };
        Assert.Equal(["nct:NCT90000001: ", "pmid:1: 1"], Shown(Built([First, paper], apart)));
        var study = Assert.Single(Built([First, paper], together, apart).Studies);
        Assert.Equal(["person", "databank"], Assert.Single(study.Reports[0].Because).Clues.Select(clue => clue.Clue));
    }

    [Fact]
    public void A_person_makes_a_review_a_report_and_the_proposal_is_settled()
    {
        var review = Paper(1, "NCT90000001") with { PublicationTypes = ["Review"] };
        Assert.Single(Built(First, review).Proposals);
        var ruled = Built([First, review], Apart(First.Id, review.Id) with { Ruling = Ruling.Together });
        Assert.Equal(["nct:NCT90000001: 1"], Shown(ruled));
        Assert.Empty(ruled.Proposals);
        Assert.Empty(Built([First, review], Apart(First.Id, review.Id)).Proposals);
    }

    [Fact]
    public void Papers_of_one_unheld_number_part_where_a_person_says_so() => Assert.Equal(
        ["pmid:1: 1 3", "pmid:2: 2"], Shown(Built([Paper(1, "ChiCTR1900025419"), Paper(2, "ChiCTR1900025419"), Paper(3, "ChiCTR1900025419")], Apart(Paper(1).Id, Paper(2).Id))));

    [Fact]
    public void A_notice_goes_where_its_papers_are_and_makes_them_one_no_more_than_a_study_of_its_own()
    {
        var notice = Paper(9) with { PublicationTypes = ["Published Erratum"], Corrections = [new("ErratumFor", 1, null), new("ErratumFor", 2, null)] };
        Assert.Equal(["nct:NCT90000001: 1 9", "nct:NCT90000002: 2 9"], Shown(Built(First, Second, Paper(1, "NCT90000001"), Paper(2, "NCT90000002"), notice)));
        Assert.Equal(["pmid:1: 1 9", "pmid:2: 2 9"], Shown(Built(Paper(1), Paper(2), notice)));
        Assert.Equal(["pmid:9: 9"], Shown(Built(notice)));
        Assert.Equal(["nct:NCT90000001: 1", "pmid:9: 9"], Shown(Built([First, Paper(1, "NCT90000001"), notice], Apart(notice.Id, First.Id))));
    }

    [Fact]
    public void An_erratum_is_a_notice_and_a_letter_a_report()
    {
        var study = Assert.Single(Built(First, Paper(1, "NCT90000001") with { PublicationTypes = ["Published Erratum"] }, Paper(2, "NCT90000001") with { PublicationTypes = ["Letter"] }).Studies);
        Assert.Equal([ReportKind.Notice, ReportKind.Letter], study.Reports.Select(report => report.Kind));
    }

    private static Publication Paper(long pmid, params string[] numbers) => new() { Pmid = pmid, Title = $"Notes of {(char)('A' + pmid)}", RegistryNumbers = numbers };

    private static LinkRuling Apart(RecordId a, RecordId b) => new(RecordPair.Of(a, b), Ruling.Apart, "reader", new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));

    private static StudySet Built(params SourceRecord[] records) => SmallWorld.Build(records, []);

    private static StudySet Built(SourceRecord[] records, params LinkRuling[] rulings) => SmallWorld.Build(records, rulings);

    private static IEnumerable<string> Shown(StudySet set) => set.Studies.Select(study => $"{study.Id}: {string.Join(' ', study.Reports.Select(report => report.Id.Local))}");
}
