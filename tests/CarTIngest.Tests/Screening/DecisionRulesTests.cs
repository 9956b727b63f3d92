using CarTIngest.Records;
using CarTIngest.Screening;
using static CarTIngest.Tests.Screening.Votes;

namespace CarTIngest.Tests.Screening;

public sealed class DecisionRulesTests
{
    private static readonly RecordId Trial = Id("nct:NCT99000001");

    private static readonly DecisionSubject Record = new(Paper, [Id(Paper), Trial], HasPublication: true, HasResults: false);

    private static readonly DecisionSubject Registered = new(Trial.Text, [Trial], HasPublication: false, HasResults: false);

    private static readonly DecisionDraft[] Advanced = [Vote("Ada", Choice.Include), Vote("Ben", Choice.Include)];

    [Fact]
    public void A_first_and_a_second_person_may_vote() =>
        Assert.Null(Refusal(Vote("Ben", Choice.Exclude), Vote("Ada", Choice.Include)));

    [Fact]
    public void Nobody_votes_twice_without_undoing()
    {
        Assert.Contains("ada voted include", Refusal(Vote("ada", Choice.Exclude), Vote("Ada", Choice.Include)), StringComparison.Ordinal);
        Assert.Null(Refusal(Vote("Ada", Choice.Exclude), Vote("Ada", Choice.Include), Undo("Ada")));
    }

    [Fact]
    public void Nobody_votes_where_people_are_done()
    {
        Assert.Contains("is settled", Refusal(Vote("Cleo", Choice.Exclude), Advanced), StringComparison.Ordinal);
        Assert.Contains("third person", Refusal(Vote("Cleo", Choice.Exclude), Vote("Ada", Choice.Include), Vote("Ben", Choice.Exclude)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reason_is_of_the_protocol_belongs_to_an_exclusion_and_is_needed_at_the_full_text()
    {
        Assert.Contains("no_humans, not_car_t", Refusal(Vote("Ada", Choice.Exclude, "unknown")), StringComparison.Ordinal);
        Assert.Contains("belongs to an exclusion", Refusal(Vote("Ada", Choice.Include, "no_aml")), StringComparison.Ordinal);
        Assert.Null(Refusal(Vote("Ada", Choice.Exclude)));
        Assert.Contains("has a reason", Refusal(Vote("Ada", Choice.Exclude, stage: Stage.Full), Advanced), StringComparison.Ordinal);
        Assert.Null(Refusal(Vote("Ada", Choice.Exclude, "no_aml", Stage.Full), Advanced));
    }

    [Fact]
    public void Who_has_a_tie_to_any_record_of_the_study_may_not_decide_on_it()
    {
        var tie = new DecisionDraft("Ada", Trial.Text, new TieDeclared());

        Assert.Contains("tie to nct:NCT99000001", Refusal(Vote("ada", Choice.Include), tie), StringComparison.Ordinal);
        Assert.Contains("tie", Refusal(Settle("Ada", Choice.Include), tie, Vote("Ben", Choice.Include), Vote("Cleo", Choice.Exclude)), StringComparison.Ordinal);
        Assert.Contains("tie", Refusal(new DecisionDraft("Ada", Paper, new Classed(StudyClass.Ongoing)), tie), StringComparison.Ordinal);
        Assert.Null(Refusal(Vote("Ben", Choice.Include), tie));
    }

    [Fact]
    public void The_full_text_comes_after_the_title_and_registrations_have_none()
    {
        Assert.Contains("not through the title stage", Refusal(Vote("Ada", Choice.Include, stage: Stage.Full)), StringComparison.Ordinal);
        Assert.Null(Refusal(Vote("Ada", Choice.Include, stage: Stage.Full), Advanced));
        var draft = Vote("Ada", Choice.Include, stage: Stage.Full, subject: Trial.Text);
        Assert.Contains("waits for results", DecisionRules.Refusal(Of(ProtocolFile.Plain), draft, Registered), StringComparison.Ordinal);
    }

    [Fact]
    public void A_third_person_adjudicates_a_conflict_and_nothing_else()
    {
        DecisionDraft[] conflict = [Vote("Ada", Choice.Include), Vote("Ben", Choice.Exclude)];

        Assert.Null(Refusal(Settle("Cleo", Choice.Exclude), conflict));
        Assert.Contains("third person", Refusal(Settle("Ben", Choice.Exclude), conflict), StringComparison.Ordinal);
        Assert.Contains("no conflict", Refusal(Settle("Cleo", Choice.Exclude), Advanced), StringComparison.Ordinal);
        Assert.Contains("includes or excludes", Refusal(Settle("Cleo", Choice.Maybe), conflict), StringComparison.Ordinal);
        Assert.Contains("adjudicated", Refusal(Undo("Ada"), [.. conflict, Settle("Cleo", Choice.Exclude)]), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_an_own_vote_is_undone() => Assert.Contains("no vote", Refusal(Undo("Ben"), Vote("Ada", Choice.Include)), StringComparison.Ordinal);

    [Fact]
    public void Only_a_study_with_a_report_or_posted_results_is_included()
    {
        var included = new DecisionDraft("Ada", Trial.Text, new Classed(StudyClass.Included));
        var state = Of(ProtocolFile.Plain, Vote("Ada", Choice.Include, subject: Trial.Text), Vote("Ben", Choice.Include, subject: Trial.Text));

        Assert.Contains("neither a report nor posted results", DecisionRules.Refusal(state, included, Registered), StringComparison.Ordinal);
        Assert.Null(DecisionRules.Refusal(state, included, Registered with { HasResults = true }));
        Assert.Contains("title stage", DecisionRules.Refusal(Of(ProtocolFile.Plain), included, Registered with { HasResults = true }), StringComparison.Ordinal);
    }

    [Fact]
    public void One_person_names_the_class_of_what_as_many_as_the_protocol_says_voted_on()
    {
        DecisionDraft Class(StudyClass given, string? reason = null) => new("Ada", Paper, new Classed(given, reason));
        DecisionDraft[] full = [.. Advanced, Vote("Ada", Choice.Include, stage: Stage.Full), Vote("Ben", Choice.Include, stage: Stage.Full)];

        Assert.Contains("title stage", Refusal(Class(StudyClass.Ongoing)), StringComparison.Ordinal);
        Assert.Null(Refusal(Class(StudyClass.Ongoing), Advanced));
        Assert.Contains("votes come before the class", Refusal(Class(StudyClass.Included), Advanced), StringComparison.Ordinal);
        Assert.Contains("votes come before the class", Refusal(Class(StudyClass.Excluded, "no_aml"), Advanced), StringComparison.Ordinal);
        Assert.Null(Refusal(Class(StudyClass.Included), full));
        Assert.Null(Refusal(Class(StudyClass.Excluded, "same_patients"), full));
        Assert.Contains("has a reason", Refusal(Class(StudyClass.Excluded), full), StringComparison.Ordinal);
        Assert.Contains("belongs to an exclusion", Refusal(Class(StudyClass.Ongoing, "no_aml"), full), StringComparison.Ordinal);
    }

    [Fact]
    public void A_published_study_is_given_another_class_without_a_vote_and_nobody_votes_on_it()
    {
        var published = Record with { IsPublished = true };
        string? Says(DecisionDraft draft, params DecisionDraft[] before) => DecisionRules.Refusal(Of(ProtocolFile.Plain, before), draft, published);
        DecisionDraft Class(StudyClass given, string? reason = null) => new("Ada", Paper, new Classed(given, reason));

        Assert.Null(Says(Class(StudyClass.Ongoing)));
        Assert.Null(Says(Class(StudyClass.Excluded, "same_patients")));
        Assert.Null(Says(Class(StudyClass.Included)));
        Assert.Contains("has a reason", Says(Class(StudyClass.Excluded)), StringComparison.Ordinal);
        Assert.Contains("declared a tie", Says(Class(StudyClass.Ongoing), new DecisionDraft("Ada", Paper, new TieDeclared())), StringComparison.Ordinal);
        Assert.Contains("nobody votes on it", Says(Vote("Ada", Choice.Exclude)), StringComparison.Ordinal);
        Assert.Contains("nobody votes on it", Says(Vote("Ada", Choice.Include, stage: Stage.Full)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_of_the_rules_has_a_second_reader_who_is_not_its_author()
    {
        static string? Change(string author, string reader) => Refusal(new DecisionDraft(author, "rulebook", new RulesChanged(author, reader, "why", "sha256:1", "sha256:2", 1, 0)));

        Assert.Null(Change("Ada", "Ben"));
        Assert.Contains("second reader", Change("Ada", "ada "), StringComparison.Ordinal);
        Assert.Contains("second reader", Change("Ada", ""), StringComparison.Ordinal);
    }

    [Fact]
    public void Unlikely_is_set_aside_for_a_rulebook_and_screened_again_only_where_it_was()
    {
        static DecisionDraft Says(DecisionContent content) => new("Lea", "unlikely", content);
        var on = new DateOnly(2026, 3, 1);

        Assert.Null(Refusal(Says(new AutomationAdopted(on, "any", "why"))));
        Assert.Contains("'mine' is no rulebook", Refusal(Says(new AutomationAdopted(on, "mine", "why"))), StringComparison.Ordinal);
        Assert.Contains("nothing to withdraw", Refusal(Says(new AutomationWithdrawn("why"))), StringComparison.Ordinal);
        Assert.Null(Refusal(Says(new AutomationWithdrawn("why")), Says(new AutomationAdopted(on, "any", "why"))));
    }

    [Fact]
    public void A_link_is_ruled_on_by_whoever_is_free_to_and_not_twice_the_same_way()
    {
        DecisionDraft Says(string by, DecisionContent content) => new(by, Paper, content);

        Assert.Null(Refusal(Says("Ada", new KeptApart(Trial))));
        Assert.Contains("Ada said the same", Refusal(Says("Ben", new KeptApart(Trial)), Says("Ada", new KeptApart(Trial))), StringComparison.Ordinal);
        Assert.Null(Refusal(Says("Ben", new LinkConfirmed(Trial)), Says("Ada", new KeptApart(Trial))));
        Assert.Null(Refusal(Says("Ada", new KeptApart(Trial)), Says("Ada", new KeptApart(Trial)), Says("Ben", new LinkConfirmed(Trial))));
        Assert.Contains("tie to nct:NCT99000001", Refusal(Says("Ada", new LinkConfirmed(Trial)), new DecisionDraft("Ada", Trial.Text, new TieDeclared())), StringComparison.Ordinal);
        Assert.Contains("between two records", Refusal(Says("Ada", new KeptApart(Id(Paper)))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FullTextState.Obtained, null, "has a link")]
    [InlineData(FullTextState.Obtained, "on my desk", "is no link")]
    [InlineData(FullTextState.Requested, "https://example.org", "has a link")]
    public void An_obtained_full_text_has_a_link_and_no_other(FullTextState state, string? link, string says) =>
        Assert.Contains(says, Refusal(new DecisionDraft("Ada", Paper, new FullTextFound(state, link))), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData(" Ada")]
    [InlineData("Ada\nBen")]
    public void A_decision_has_a_name(string name) => Assert.Contains("is no name", Refusal(Vote(name, Choice.Include)), StringComparison.Ordinal);

    private static string? Refusal(DecisionDraft draft, params DecisionDraft[] before) => DecisionRules.Refusal(Of(ProtocolFile.Plain, before), draft, Record);

    private static RecordId Id(string text) => RecordId.TryParse(text, out var id) ? id : throw new ArgumentException(text);
}
