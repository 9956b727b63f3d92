using CarTIngest.Eligibility;
using CarTIngest.Records;
using CarTIngest.Screening;
using CsCheck;
using static CarTIngest.Tests.Screening.Judged;

namespace CarTIngest.Tests.Screening;

public sealed class QueueRulesTests
{
    private static readonly DateOnly March = new(2026, 3, 1);

    private static readonly Protocol SetAside = ProtocolFile.Plain with
    {
        UnlikelySetAside = new Adoption("the lead", new DateOnly(2026, 1, 1), Adoption.AnyRulebook, "why"),
        Audit = new AuditPlan(1e-9, 1),
    };

    [Fact]
    public void Without_a_base_all_that_is_likely_or_possible_enters_by_its_most_likely_record()
    {
        var entries = Enter(
            SetAside,
            null,
            Study("b", Record("pmid:2", Verdict.Possible, "1990"), Record("pmid:1", Verdict.Likely), Record("nct:NCT99000002", Verdict.Likely)),
            Study("a", Record("pmid:3", Verdict.Possible)),
            Study("c", Record("pmid:4", Verdict.Unlikely)));

        Assert.Equal([("a", "pmid:3", QueueWay.Verdict), ("b", "nct:NCT99000002", QueueWay.Verdict)], entries.Select(entry => (entry.Study, entry.By.Text, entry.Way)));
    }

    [Fact]
    public void A_study_enters_once_and_what_brought_one_in_brings_in_no_second()
    {
        var study = Study("new name", Record("pmid:1", Verdict.Likely), Record("nct:NCT99000001", Verdict.Likely));

        Assert.Empty(Rules(SetAside, null).Entries([study], new HashSet<string> { "new name" }));
        Assert.Equal("nct:NCT99000001", Assert.Single(Rules(SetAside, null).Entries([study], new HashSet<string> { "pmid:1", "old name" })).By.Text);
        Assert.Empty(Rules(SetAside, null).Entries([study], new HashSet<string> { "pmid:1", "nct:NCT99000001" }));
        Assert.Single(Rules(SetAside, null).Entries([study], new HashSet<string> { "pmid:2" }));
    }

    [Fact]
    public void Of_two_studies_that_one_paper_belongs_to_the_second_enters_the_same_night_by_what_else_it_has()
    {
        var entries = Enter(
            SetAside,
            null,
            Study("b", Record("pmid:1", Verdict.Likely), Record("pmid:2", Verdict.Possible)),
            Study("a", Record("pmid:1", Verdict.Likely)),
            Study("c", Record("pmid:1", Verdict.Likely)));

        Assert.Equal([("a", "pmid:1"), ("b", "pmid:2")], entries.Select(entry => (entry.Study, entry.By.Text)));
    }

    [Fact]
    public void All_are_screened_until_unlikely_is_set_aside_for_the_rulebook_that_judged()
    {
        var study = Study("a", Record("pmid:1", Verdict.Unlikely));

        Assert.Equal(QueueWay.NothingSetAside, Assert.Single(Enter(ProtocolFile.Plain, null, study)).Way);
        Assert.Empty(Enter(SetAside, null, study));
        Assert.Single(Enter(SetAside with { UnlikelySetAside = SetAside.UnlikelySetAside! with { Rulebook = "sha256:other" } }, null, study));
    }

    [Theory]
    [InlineData("2024-12-31", false)]
    [InlineData("2024-12", false)]
    [InlineData("2024", false)]
    [InlineData("2025-01-01", true)]
    [InlineData("2025-01", true)]
    [InlineData("2025", true)]
    [InlineData("2025-02", true)]
    [InlineData(null, true)]
    public void With_a_base_of_January_2025_a_record_enters_unless_it_was_certainly_public_before(string? firstPublic, bool enters) =>
        Assert.Equal(enters, Enter(SetAside, "2025-01", Study("a", Record("pmid:1", Verdict.Likely, firstPublic))).Count == 1);

    [Theory]
    [InlineData("2025", "2024-12-31", false)]
    [InlineData("2025", "2025", true)]
    [InlineData("2025-01-15", "2025-01", true)]
    [InlineData("2025-01-15", "2025-01-14", false)]
    [InlineData("2024-03", "2024-02", false)]
    public void The_search_is_as_precise_as_it_says(string searched, string firstPublic, bool enters) =>
        Assert.Equal(enters, Enter(SetAside, searched, Study("a", Record("pmid:1", Verdict.Likely, firstPublic))).Count == 1);

    [Fact]
    public void A_paper_after_the_search_brings_in_the_trial_that_was_registered_before()
    {
        var study = Study("a", Record("nct:NCT99000001", Verdict.Likely, "2019-05-02"), Record("pmid:1", Verdict.Possible, "2026-02"));

        Assert.Equal(Id("pmid:1"), Assert.Single(Enter(SetAside, "2025-01", study)).By);
    }

    [Fact]
    public void What_the_base_holds_neither_enters_nor_is_caught_up()
    {
        var rules = new QueueRules(ScreeningState.Before(SetAside), Date("2025-01"), new HashSet<RecordId> { Id("pmid:1") }, March, new HashSet<string>());
        var study = Study("a", Record("pmid:1", Verdict.Likely, "2020"), Record("pmid:2", Verdict.Likely, "2026"));

        Assert.Empty(rules.Entries([study], new HashSet<string>()));
        Assert.Empty(rules.Outside([study], new HashSet<string>()));
    }

    [Fact]
    public void Catch_up_lists_what_is_outside_and_lets_in_what_is_chosen()
    {
        JudgedStudy[] studies = [Study("a", Record("pmid:1", Verdict.Possible, "2020")), Study("b", Record("pmid:2", Verdict.Likely, "2020")), Study("c", Record("pmid:3", Verdict.Unlikely, "2020"))];

        Assert.Equal(["b", "a"], Rules(SetAside, "2025-01").Outside(studies, new HashSet<string>()).Select(entry => entry.Study));
        Assert.Empty(Chosen(CatchUpChoice.Accept).Entries(studies, new HashSet<string>()));
        Assert.Equal([("a", QueueWay.CatchUp)], Chosen(CatchUpChoice.ScreenThese, "a").Entries(studies, new HashSet<string>()).Select(entry => (entry.Study, entry.Way)));
        Assert.Equal(["b"], Chosen(CatchUpChoice.ScreenThese, "a").Outside(studies, new HashSet<string>()).Select(entry => entry.Study));
        Assert.Equal(["a", "b"], Chosen(CatchUpChoice.ScreenAll).Entries(studies, new HashSet<string>()).Select(entry => entry.Study));
        Assert.Empty(Rules(SetAside, null).Outside(studies, new HashSet<string>()));
    }

    [Fact]
    public void What_the_team_knew_before_brings_nothing_in()
    {
        var known = Record("pmid:1", Verdict.Likely) with { KnownBefore = true };

        Assert.Empty(Enter(SetAside, null, Study("a", known)));
        Assert.Equal(Id("pmid:2"), Assert.Single(Enter(SetAside, null, Study("a", known, Record("pmid:2", Verdict.Possible)))).By);
    }

    [Fact]
    public void The_order_of_the_studies_and_of_their_records_makes_no_difference()
    {
        var records = Gen.Select(Gen.Int[1, 40], Gen.Enum<Verdict>(), Gen.Int[2023, 2026]).Select((number, verdict, year) => Record($"pmid:{number}", verdict, $"{year}"));
        var studies = records.List[1, 3].List[0, 8].Select(lists => lists.Select((list, index) => new JudgedStudy($"study {index}", list)).ToList());
        Gen.Select(studies, Gen.Int[0, 1]).Sample(
            (given, seed) =>
            {
                var rules = Rules(ProtocolFile.Plain, seed == 0 ? null : "2025-01");
                var turned = given.Select(study => study with { Records = [.. study.Records.Reverse()] }).Reverse();
                return rules.Entries(given, new HashSet<string>()).SequenceEqual(rules.Entries(turned, new HashSet<string>()));
            },
            iter: 300);
    }

    private static IReadOnlyList<QueueEntry> Enter(Protocol protocol, string? searched, params JudgedStudy[] studies) => Rules(protocol, searched).Entries(studies, new HashSet<string>());

    private static QueueRules Rules(Protocol protocol, string? searched) => new(ScreeningState.Before(protocol), Date(searched), new HashSet<RecordId>(), March, new HashSet<string>());

    private static QueueRules Chosen(CatchUpChoice choice, params string[] these) =>
        new(Votes.Of(SetAside, new DecisionDraft("the lead", "base:1.0", new CatchUpChosen(choice, 1, 1, these))), Date("2025-01"), new HashSet<RecordId>(), March, new HashSet<string>());
}
