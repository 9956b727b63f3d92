using CarTIngest.Eligibility;
using CarTIngest.Records;
using CarTIngest.Reporting;
using CarTIngest.Screening;
using static CarTIngest.Tests.Screening.Judged;
using StudyTask = CarTIngest.Screening.StudyTask;

namespace CarTIngest.Tests.Screening;

public sealed class TaskRulesTests
{
    private static readonly Trial Held = new()
    {
        NctId = "NCT99000001",
        BriefTitle = "CAR-T in AML",
        Status = "RECRUITING",
        Phases = ["PHASE1"],
        Conditions = ["AML"],
        Eligibility = "Relapsed AML",
        Summary = "One.",
        Sponsor = "Nobody",
        Enrollment = new(24, "ESTIMATED"),
        Countries = ["France"],
        PrimaryOutcomes = [new("DLT", "28 days")],
        Interventions = [new("BIOLOGICAL", "CAR-T", [], null)],
    };

    private static readonly Publication Paper = new() { Pmid = 90000001, Title = "CAR-T in AML", Abstract = [new(null, "One.")] };

    public static TheoryData<string, Func<Trial, Trial>, string> Changes => new()
    {
        { "conditions", trial => trial with { Conditions = ["AML", "MDS"] }, "screen_again verdict conditions" },
        { "interventions", trial => trial with { Interventions = [new("BIOLOGICAL", "CAR-NK", [], null)] }, "screen_again verdict interventions" },
        { "eligibility", trial => trial with { Eligibility = "Newly diagnosed AML" }, "screen_again verdict eligibility" },
        { "phase", trial => trial with { Phases = ["PHASE1", "PHASE2"] }, "screen_again phase phases" },
        { "terminated", trial => trial with { Status = "TERMINATED", WhyStopped = "No cells" }, "update_data status status;update_data why_stopped whyStopped" },
        { "counted", trial => trial with { Enrollment = new(19, "ACTUAL") }, "update_data enrollment enrollment.count,enrollment.type" },
        { "outcome", trial => trial with { PrimaryOutcomes = [new("Response", "28 days")] }, "update_data primary_outcome primaryOutcomes" },
        { "results", trial => trial with { HasResults = true }, "results_available results_posted hasResults" },
        { "planned otherwise", trial => trial with { Enrollment = new(30, "ESTIMATED") }, "" },
        { "not yet to recruiting", trial => trial with { Status = "ACTIVE_NOT_RECRUITING" }, "" },
        { "locations", trial => trial with { Countries = ["France", "Spain"] }, "" },
        { "sponsor, dates, ids", trial => trial with { Sponsor = "Somebody", Start = Date("2026-01"), Completion = Date("2027"), LastUpdatePosted = Date("2026-03-01"), SecondaryIds = [new(null, "X")] }, "" },
        { "summary", trial => trial with { Summary = "Two." }, "" },
        { "white space and case", trial => trial with { Eligibility = " relapsed\nAML", BriefTitle = "CAR T in AML" }, "" },
        { "spelling", trial => trial with { Eligibility = "Relapsd AML" }, "" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_revised_registration_asks_for_what_it_touched(string what, Func<Trial, Trial> change, string asked) =>
        Assert.True(asked == Said(Revised(StudyPosition.Open, Held, change(Held))), $"{what}: {Said(Revised(StudyPosition.Open, Held, change(Held)))}");

    [Fact]
    public void Only_a_status_within_a_trial_under_way_is_passed_over()
    {
        Assert.Equal("update_data status status", Said(Revised(StudyPosition.Open, Held with { Status = "COMPLETED" }, Held with { Status = "UNKNOWN" })));
        Assert.Equal("update_data status status", Said(Revised(StudyPosition.Open, Held with { Status = "SUSPENDED" }, Held)));
    }

    [Theory]
    [InlineData("RetractionIn", "integrity retraction corrections")]
    [InlineData("ExpressionOfConcernIn", "integrity concern corrections")]
    [InlineData("ErratumIn", "integrity erratum corrections")]
    [InlineData("CommentIn", "")]
    [InlineData("ErratumFor", "")]
    public void A_notice_on_a_paper_asks_for_a_look_at_its_integrity(string type, string asked) =>
        Assert.Equal(asked, Said(Revised(StudyPosition.Included, Paper, Paper with { Corrections = [new(type, 90000002, "J. 2026")] })));

    [Fact]
    public void Only_what_is_new_among_the_notices_counts_and_two_marks_of_one_retraction_are_one_task()
    {
        var corrected = Paper with { Corrections = [new("ErratumIn", 90000002, null)] };

        Assert.Equal(
            "integrity retraction corrections,publicationTypes",
            Said(Revised(StudyPosition.Included, corrected, corrected with { Corrections = [.. corrected.Corrections, new("RetractionIn", 90000003, null)], PublicationTypes = ["Retracted Publication"] })));
    }

    [Fact]
    public void Indexing_and_pages_of_a_paper_are_cosmetic_and_another_abstract_is_not()
    {
        Assert.Equal("", Said(Revised(StudyPosition.Open, Paper, Paper with { Mesh = [new("Humans", null, false, [])], Pages = "1-9", Status = "MEDLINE", Version = 2, Published = Date("2026-03") })));
        Assert.Equal("screen_again verdict abstract", Said(Revised(StudyPosition.Open, Paper, Paper with { Abstract = [new(null, "Two.")] })));
    }

    [Theory]
    [InlineData(StudyPosition.Open, false, "results_available new_report")]
    [InlineData(StudyPosition.WithoutResults, true, "results_available new_report")]
    [InlineData(StudyPosition.Open, true, "update_data new_report")]
    [InlineData(StudyPosition.Included, true, "update_data new_report")]
    [InlineData(StudyPosition.Excluded, true, "screen_again new_report")]
    public void A_paper_of_a_study_makes_it_includable_or_brings_more_data(StudyPosition position, bool hadReport, string asked) =>
        Assert.Equal(asked, Said(News(position, hadReport, new ReportCame(Paper.Id, Verdict.Possible, Paper))));

    [Fact]
    public void A_paper_that_is_unlikely_asks_for_nothing_and_a_second_registration_brings_data()
    {
        Assert.Equal("", Said(News(StudyPosition.Open, false, new ReportCame(Paper.Id, Verdict.Unlikely, Paper))));
        Assert.Equal("update_data new_report", Said(News(StudyPosition.Open, false, new ReportCame(Held.Id, Verdict.Likely, Held))));
    }

    [Fact]
    public void A_paper_that_comes_retracted_says_so() =>
        Assert.Equal("results_available new_report;integrity retraction", Said(News(StudyPosition.Open, false, new ReportCame(Paper.Id, Verdict.Likely, Paper with { Corrections = [new("RetractionIn", null, null)] }))));

    [Fact]
    public void Another_verdict_asks_to_screen_again_and_what_is_excluded_asks_for_that_alone()
    {
        Assert.Equal("screen_again verdict", Said(News(StudyPosition.Excluded, true, new VerdictMoved(Paper.Id, Verdict.Unlikely, Verdict.Likely))));
        Assert.Equal("", Said(News(StudyPosition.Open, true, new VerdictMoved(Paper.Id, Verdict.Likely, Verdict.Likely))));
        Assert.Equal("", Said(Revised(StudyPosition.Excluded, Held, Held with { HasResults = true, Status = "COMPLETED" })));
    }

    [Fact]
    public void There_are_never_two_equal_open_tasks()
    {
        var news = News(StudyPosition.Open, true, new VerdictMoved(Held.Id, Verdict.Possible, Verdict.Likely), new RecordRevised(Held.Id, [new("conditions", null, "[\"AML\"]")], Held));
        var task = Assert.Single(TaskRules.Tasks([news, news], _ => false));

        Assert.Empty(TaskRules.Tasks([news], open => open.Study == task.Study && open.Task == task.Task && open.Because == task.Because && open.By == task.By));
    }

    private static StudyNews Revised(StudyPosition position, SourceRecord before, SourceRecord after) => News(
        position, after is Publication, new RecordRevised(after.Id, [.. RecordDiff.Between(before, after).Select(change => new FieldEdit(change.Field, change.From, change.To))], after));

    private static StudyNews News(StudyPosition position, bool hadReport, params News[] came) => new("study 1", position, hadReport, came);

    private static string Said(StudyNews news) => string.Join(';', TaskRules.Tasks([news], _ => false).Select(task =>
        $"{Spelling.Of(task.Task)} {Spelling.Of(task.Because)} {string.Join(',', task.Fields)}".TrimEnd()));
}
