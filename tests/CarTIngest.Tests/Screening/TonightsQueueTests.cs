using CarTIngest.Eligibility;
using CarTIngest.Records;
using CarTIngest.Screening;
using CsCheck;
using static CarTIngest.Tests.Screening.Judged;

namespace CarTIngest.Tests.Screening;

public sealed class TonightsQueueTests
{
    private static readonly DateOnly Night = new(2026, 3, 1);

    private static readonly Publication Paper = new() { Pmid = 7, Title = "CAR-T in AML" };

    private static readonly BaseReview Published = new("1.0", "10.9999/invented", Date("2025-01")!.Value, 1, null, [new IncludedRow(2, "Muster 2020", [Id("pmid:1")], null, "")]);

    private static readonly QueueEntry Entered = new("nct:NCT99000001", Id("nct:NCT99000001"), Verdict.Likely, QueueWay.Verdict);

    [Fact]
    public void The_record_that_brought_a_study_in_is_no_news_to_it_and_another_is()
    {
        var study = Study("nct:NCT99000001", Record("nct:NCT99000001", Verdict.Likely), Record("pmid:7", Verdict.Likely));
        var trial = new ReportCame(Id("nct:NCT99000001"), Verdict.Likely, new Trial { NctId = "NCT99000001" });

        Assert.Empty(On(null, [Entered], new StudyTonight(study, [trial])).Tasks);
        var task = Assert.Single(On(null, [Entered], new StudyTonight(study, [trial, new ReportCame(Paper.Id, Verdict.Likely, Paper)])).Tasks);
        Assert.Equal((TaskKind.ResultsAvailable, TaskCause.NewReport, Paper.Id), (task.Task, task.Because, task.By));
    }

    [Fact]
    public void What_comes_with_a_study_that_enters_is_named_beside_what_brings_it()
    {
        var study = Study("nct:NCT99000001", Record("nct:NCT99000001", Verdict.Likely), Record("pmid:7", Verdict.Likely), Record("pmid:8", Verdict.Unlikely), Record("pmid:9", Verdict.Possible));
        News[] came =
        [
            new ReportCame(Id("nct:NCT99000001"), Verdict.Likely, new Trial { NctId = "NCT99000001" }), new ReportCame(Paper.Id, Verdict.Likely, Paper),
            new ReportCame(Id("pmid:8"), Verdict.Unlikely, new Publication { Pmid = 8, Title = "Mice" }),
        ];

        var tonight = On(null, [], new StudyTonight(study, came));

        Assert.Equal(Id("nct:NCT99000001"), Assert.Single(tonight.Entries).By);
        Assert.Equal([Paper.Id, Id("pmid:9")], tonight.Beside);
        Assert.Empty(tonight.Tasks);
        Assert.Empty(On(null, [Entered], new StudyTonight(study, came)).Beside);
        var known = study with { Records = [.. study.Records.Select(record => record with { KnownBefore = record.Id == Paper.Id })] };
        Assert.Equal([Id("pmid:9")], On(null, [], new StudyTonight(known, came)).Beside);
    }

    [Fact]
    public void A_study_that_is_linked_to_an_entered_one_asks_under_the_name_that_people_know()
    {
        var study = Study("pmid:7", Record("pmid:7", Verdict.Likely), Record("nct:NCT99000001", Verdict.Likely));

        var tonight = On(null, [Entered], new StudyTonight(study, [new ReportCame(Paper.Id, Verdict.Likely, Paper)]));

        Assert.Empty(tonight.Entries);
        Assert.Equal("nct:NCT99000001", Assert.Single(tonight.Tasks).Study);
    }

    [Fact]
    public void A_trial_that_shares_a_report_with_an_entered_one_enters_by_itself_and_its_news_are_its_own()
    {
        var pooled = new QueueEntry("nct:NCT99000001", Paper.Id, Verdict.Likely, QueueWay.Verdict);
        var first = Study("nct:NCT99000001", Record("nct:NCT99000001", Verdict.Possible), Record("pmid:7", Verdict.Likely));
        var second = Study("nct:NCT99000002", Record("nct:NCT99000002", Verdict.Possible), Record("pmid:7", Verdict.Likely));
        var trial = new ReportCame(Id("nct:NCT99000002"), Verdict.Possible, new Trial { NctId = "NCT99000002" });

        var tonight = On(null, [pooled], new StudyTonight(first, []), new StudyTonight(second, [trial]));

        var entry = Assert.Single(tonight.Entries);
        Assert.Equal(("nct:NCT99000002", Id("nct:NCT99000002")), (entry.Study, entry.By));
        Assert.Empty(tonight.Tasks);
        Assert.Empty(On(null, [pooled, entry], new StudyTonight(first, []), new StudyTonight(second, [trial])).Entries);
    }

    [Fact]
    public void A_paper_of_a_base_study_is_more_data_and_a_retraction_of_it_a_question_of_integrity()
    {
        var study = Study("pmid:1", Record("pmid:1", Verdict.Likely, "2020"), Record("pmid:7", Verdict.Likely, "2026"));

        var tonight = On(Published, [], new StudyTonight(study, [new ReportCame(Paper.Id, Verdict.Likely, Paper), new RecordRevised(Id("pmid:1"), [new("corrections", null, """[{"type":"RetractionIn"}]""")], Paper)]));

        Assert.Empty(tonight.Entries);
        Assert.Equal([(TaskKind.UpdateData, TaskCause.NewReport), (TaskKind.Integrity, TaskCause.Retraction)], tonight.Tasks.Select(task => (task.Task, task.Because)));
    }

    [Fact]
    public void A_trial_from_before_the_base_enters_when_it_posts_results_and_not_by_other_news()
    {
        var trial = new Trial { NctId = "NCT99000001", HasResults = true };
        var held = Study("nct:NCT99000001", Record("nct:NCT99000001", Verdict.Possible, "2020"));
        StudyTonight Revised(string field, string to) => new(held, [new RecordRevised(trial.Id, [new(field, null, to)], trial)]);

        var entry = Assert.Single(On(Published, [], Revised("hasResults", "true")).Entries);
        Assert.Equal(("nct:NCT99000001", QueueWay.ResultsPosted), (entry.Study, entry.Way));
        Assert.Empty(On(Published, [entry], new StudyTonight(held, [])).Entries);
        Assert.Empty(On(Published, [], Revised("hasResults", "false")).Entries);
        Assert.Empty(On(Published, [], Revised("status", "COMPLETED")).Entries);
    }

    [Fact]
    public void What_was_retracted_before_it_was_ever_held_is_said_of_what_enters_and_of_what_the_base_holds()
    {
        var retracted = new Publication { Pmid = 7, Title = "CAR-T in AML", PublicationTypes = ["Retracted Publication"], Corrections = [new Correction("RetractionIn", 8, "Later"), new Correction("ErratumIn", 9, "Later")] };
        var entering = Study("pmid:7", Record("pmid:7", Verdict.Likely));
        var inBase = Study("pmid:1", Record("pmid:1", Verdict.Likely, "2020"));
        var published = retracted with { Pmid = 1 };

        Assert.Equal((TaskKind.Integrity, TaskCause.Retraction), Asked(On(null, [], new StudyTonight(entering, [new ReportCame(retracted.Id, Verdict.Likely, retracted)]))));
        Assert.Equal((TaskKind.Integrity, TaskCause.Retraction), Asked(On(Published, [], new StudyTonight(inBase, [new ReportCame(published.Id, Verdict.Likely, published)]))));
        Assert.Empty(On(null, [], new StudyTonight(entering, [new ReportCame(Paper.Id, Verdict.Likely, Paper)])).Tasks);

        static (TaskKind, TaskCause) Asked(QueueNight night) => Assert.Single(night.Tasks) is var task ? (task.Task, task.Because) : default;
    }

    [Fact]
    public void What_is_in_neither_queue_nor_base_asks_for_nothing()
    {
        var outside = Study("pmid:7", Record("pmid:7", Verdict.Likely, "2020"));

        var tonight = On(Published, [], new StudyTonight(outside, [new VerdictMoved(Id("pmid:7"), Verdict.Possible, Verdict.Likely)]));

        Assert.Empty(tonight.Entries);
        Assert.Empty(tonight.Tasks);
        Assert.Equal("pmid:7", Assert.Single(tonight.Outside).Study);
    }

    [Fact]
    public void What_people_excluded_asks_only_where_its_eligibility_was_touched()
    {
        var study = Study("nct:NCT99000001", Record("nct:NCT99000001", Verdict.Likely));
        var trial = new Trial { NctId = "NCT99000001", Status = "COMPLETED" };
        News[] news = [new RecordRevised(trial.Id, [new("status", "RECRUITING", "COMPLETED"), new("conditions", null, """["AML"]""")], trial)];
        var state = Votes.Of(ProtocolFile.Plain, Votes.Vote("Ada", Choice.Exclude, subject: "nct:NCT99000001"), Votes.Vote("Ben", Choice.Exclude, subject: "nct:NCT99000001"));

        Assert.Equal([TaskKind.ScreenAgain], TonightsQueue.Of(state, null, [new StudyTonight(study, news)], [Entered], Night, _ => false).Tasks.Select(task => task.Task));
        Assert.Equal(2, On(null, [Entered], new StudyTonight(study, news)).Tasks.Count);
    }

    [Fact]
    public void The_order_of_studies_and_of_news_makes_no_difference_and_nothing_changes_a_decision()
    {
        var verdicts = Gen.Enum<Verdict>();
        var news = Gen.Select(Gen.Int[1, 6], verdicts, verdicts, Gen.Int[0, 2]).Select((number, from, to, kind) => (News)(kind switch
        {
            0 => new VerdictMoved(Id($"pmid:{number}"), from, to),
            1 => new ReportCame(Id($"pmid:{number}"), to, Paper with { Pmid = number }),
            _ => new RecordRevised(Id($"pmid:{number}"), [new("title", "One", "Two"), new("pages", "1", "2")], Paper with { Pmid = number }),
        }));
        var studies = Gen.Select(verdicts.List[1, 6], news.List[0, 6]).Select((each, came) =>
            each.Select((verdict, index) => new StudyTonight(Study($"pmid:{index + 1}", Record($"pmid:{index + 1}", verdict)), [.. came.Where(one => one.By == Id($"pmid:{index + 1}"))])).ToList());
        studies.Sample(
            tonight =>
            {
                QueueEntry[] before = [new("pmid:1", Id("pmid:1"), Verdict.Likely, QueueWay.Verdict), new("pmid:3", Id("pmid:3"), Verdict.Possible, QueueWay.Verdict)];
                var turned = tonight.Select(study => study with { Came = [.. study.Came.Reverse()] }).Reverse().ToList();
                return Said(On(null, before, [.. tonight])) == Said(On(null, [.. before.Reverse()], [.. turned]));
            },
            iter: 300);
    }

    private static string Said(QueueNight night) => string.Join('\n', [.. night.Entries.Select(entry => $"{entry}"), .. night.Tasks.Select(task => $"{task.Study} {task.Task} {task.Because} {task.By} {string.Join(',', task.Fields)}")]);

    private static QueueNight On(BaseReview? published, IReadOnlyList<QueueEntry> before, params StudyTonight[] studies) =>
        TonightsQueue.Of(ScreeningState.Before(ProtocolFile.Plain), published, studies, before, Night, _ => false);
}
