using CarTIngest.Records;
using CarTIngest.Screening;
using CsCheck;
using static CarTIngest.Tests.Screening.Votes;

namespace CarTIngest.Tests.Screening;

public sealed class ScreeningStateTests
{
    private const int Chains = 300;

    private static readonly string[] People = ["Ada", "Ben", "Cleo"];
    private static readonly string[] Subjects = ["pmid:1", "pmid:2", "nct:NCT99000001"];

    private static readonly Gen<DecisionDraft> Drafts = Gen.Select(
        OneOf(People), OneOf(Subjects), Gen.Enum<Stage>(), Gen.Enum<Choice>(), OneOf("not_car_t", "no_aml"), Gen.Int[0, 9])
        .Select((by, subject, stage, choice, reason, kind) => kind switch
        {
            < 5 => Vote(by, choice, choice == Choice.Exclude ? reason : null, stage, subject),
            < 8 => Undo(by, stage, subject),
            8 => Settle(by, choice == Choice.Maybe ? Choice.Include : choice, choice == Choice.Exclude ? reason : null, stage, subject),
            _ => new DecisionDraft(by, subject, new Classed(StudyClass.Ongoing)),
        });

    [Fact]
    public void Going_on_from_any_prefix_comes_to_the_same_as_from_the_beginning() => Drafts.List[0, 25].Sample(
        drafts =>
        {
            var chain = Chain(drafts);
            var whole = Said(ScreeningState.Of(ProtocolFile.Plain, chain));
            return Enumerable.Range(0, chain.Count + 1).All(cut =>
                Said(chain.Skip(cut).Aggregate(ScreeningState.Of(ProtocolFile.Plain, chain.Take(cut)), (state, decision) => state.After(decision))) == whole);
        },
        iter: Chains);

    [Fact]
    public void Whether_one_reviewer_or_the_other_voted_first_makes_no_difference() => Gen.Select(Drafts.List[0, 10], Gen.Enum<Stage>(), Gen.Enum<Choice>(), Gen.Enum<Choice>(), Gen.Enum<ScreeningPolicy>()).Sample(
        (before, stage, one, other, policy) =>
        {
            var protocol = Under(policy, 0.3);
            DecisionDraft first = Vote("Dora", one, null, stage, Subjects[0]), second = Vote("Emil", other, null, stage, Subjects[0]);
            return Said(Of(protocol, [.. before, first, second])) == Said(Of(protocol, [.. before, second, first]));
        },
        iter: Chains);

    [Fact]
    public void To_undo_a_vote_is_never_to_have_cast_it() => Gen.Select(Drafts.List[0, 15], Gen.Enum<Stage>(), Gen.Enum<Choice>(), OneOf(People)).Sample(
        (before, stage, choice, by) => Said(Of(ProtocolFile.Plain, [.. before])) == Said(Of(ProtocolFile.Plain, [.. before, Vote(by, choice, null, stage, Subjects[1]), Undo(by, stage, Subjects[1])])),
        iter: Chains);

    [Fact]
    public void A_vote_after_an_undone_one_counts() =>
        Assert.Equal(ItemState.Advanced, Stands(ProtocolFile.Plain, Stage.Title, Vote("Ada", Choice.Exclude), Undo("Ada"), Vote("Ada", Choice.Include), Vote("Ben", Choice.Include)).State);

    [Fact]
    public void A_class_has_a_history()
    {
        var state = Of(ProtocolFile.Plain, new DecisionDraft("Ada", "study 1", new Classed(StudyClass.Ongoing)), new DecisionDraft("Ben", "study 1", new Classed(StudyClass.Excluded, "no_aml")));

        Assert.Equal(new Classed(StudyClass.Excluded, "no_aml"), state.ClassOf("study 1")!.Content());
        Assert.Equal(["Ada", "Ben"], state.ClassesOf("study 1").Select(given => given.By));
        Assert.Null(state.ClassOf("study 2"));
    }

    [Fact]
    public void The_last_word_on_a_link_counts_whichever_record_is_named_first()
    {
        Assert.True(RecordId.TryParse("nct:NCT99000001", out var trial));
        Assert.True(RecordId.TryParse(Paper, out var paper));

        var state = Of(ProtocolFile.Plain, new DecisionDraft("Ada", Paper, new LinkConfirmed(trial)), new DecisionDraft("Ben", trial.Text, new KeptApart(paper)));

        Assert.Equal([(LinkWord.Confirmed, "Ada"), (LinkWord.KeptApart, "Ben")], Assert.Single(state.Links).Value.Select(said => (said.Word, said.By)));
    }

    [Fact]
    public void Unlikely_is_set_aside_by_the_protocol_until_a_person_says_otherwise()
    {
        var adopted = ProtocolFile.Plain with { UnlikelySetAside = new Adoption("the lead", new DateOnly(2026, 1, 1), "any", "why") };

        Assert.NotNull(Of(adopted).UnlikelySetAside);
        Assert.Null(Of(adopted, new DecisionDraft("Ada", "unlikely", new AutomationWithdrawn("too many missed"))).UnlikelySetAside);
        Assert.Null(Of(ProtocolFile.Plain).UnlikelySetAside);
        var again = Of(ProtocolFile.Plain, new DecisionDraft("Ada", "unlikely", new AutomationAdopted(new DateOnly(2026, 2, 1), "sha256:1", "audited"))).UnlikelySetAside!;
        Assert.True(again.Covers("sha256:1") && !again.Covers("sha256:2"));
        Assert.Equal("Ada", again.By);
    }

    [Theory]
    [InlineData("rulebook")]
    [InlineData("strategy:pubmed")]
    public void A_version_that_was_left_is_adopted_again_only_from_where_the_review_stands(string subject)
    {
        var (toB, toC, back, again) = (Change("A", "B"), Change("B", "C"), Change("B", "A"), Change("A", "B"));

        Assert.True(Adopted("A", "B", toB));
        Assert.False(Adopted("C", "B", toB, toC));
        Assert.False(Adopted("C", "A", toB, toC));
        Assert.True(Adopted("B", "A", toB, back));
        Assert.False(Adopted("A", "B", toB, back));
        Assert.True(Adopted("A", "B", toB, back, again));

        DecisionDraft Change(string from, string to) => new("Ada", subject, new RulesChanged("Ada", "Ben", "a better one", from, to, 0, 0));
    }

    [Fact]
    public void Of_two_changes_adopted_from_the_same_version_the_later_is_the_word_and_other_changes_say_nothing_of_it()
    {
        var (toB, toC, other) = (Change("A", "B"), Change("A", "C"), Change("X", "Y"));

        Assert.True(Adopted("A", "C", toB, toC));
        Assert.False(Adopted("A", "B", toB, toC));
        Assert.True(Adopted("A", "B", toB, other));

        static DecisionDraft Change(string from, string to) => new("Ada", "rulebook", new RulesChanged("Ada", "Ben", "a better one", from, to, 0, 0));
    }

    private static bool Adopted(string from, string to, params DecisionDraft[] changes) => Of(ProtocolFile.Plain, changes).HasAdopted(from, to);

    private static Gen<string> OneOf(params string[] words) => Gen.Int[0, words.Length - 1].Select(at => words[at]);

    /// <summary>All that the state says of these subjects, without the number of the decision.</summary>
    private static string Said(ScreeningState state) => string.Join('\n', Subjects.SelectMany(subject => Enum.GetValues<Stage>().Select(stage =>
        $"{subject} {stage} {state.StandingOf(stage, subject)} {string.Join(',', People.Select(person => state.BallotOf(stage, subject).VoteOf(person)))} {state.ClassesOf(subject).Count}")));
}
