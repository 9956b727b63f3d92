using CarTIngest.Screening;
using static CarTIngest.Tests.Screening.Votes;

namespace CarTIngest.Tests.Screening;

public sealed class BallotTests
{
    private static readonly Protocol Dual = Under(ScreeningPolicy.Dual);
    private static readonly Protocol OneAdvances = Under(ScreeningPolicy.OneIncludeAdvancesTwoExclude);

    public static TheoryData<string, ScreeningPolicy, Choice[], ItemState> Table => new()
    {
        { "nobody", ScreeningPolicy.Dual, [], ItemState.AwaitingFirst },
        { "one", ScreeningPolicy.Dual, [Choice.Include], ItemState.AwaitingSecond },
        { "agree in", ScreeningPolicy.Dual, [Choice.Include, Choice.Include], ItemState.Advanced },
        { "agree out", ScreeningPolicy.Dual, [Choice.Exclude, Choice.Exclude], ItemState.Excluded },
        { "agree in doubt", ScreeningPolicy.Dual, [Choice.Maybe, Choice.Maybe], ItemState.Maybe },
        { "in and out", ScreeningPolicy.Dual, [Choice.Include, Choice.Exclude], ItemState.Conflict },
        { "in and doubt", ScreeningPolicy.Dual, [Choice.Include, Choice.Maybe], ItemState.Conflict },
        { "one in", ScreeningPolicy.OneIncludeAdvancesTwoExclude, [Choice.Include], ItemState.Advanced },
        { "one in, one out", ScreeningPolicy.OneIncludeAdvancesTwoExclude, [Choice.Exclude, Choice.Include], ItemState.Advanced },
        { "one out", ScreeningPolicy.OneIncludeAdvancesTwoExclude, [Choice.Exclude], ItemState.AwaitingSecond },
        { "two out", ScreeningPolicy.OneIncludeAdvancesTwoExclude, [Choice.Exclude, Choice.Exclude], ItemState.Excluded },
        { "out and doubt", ScreeningPolicy.OneIncludeAdvancesTwoExclude, [Choice.Exclude, Choice.Maybe], ItemState.Conflict },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Votes_come_to_a_state_whatever_their_order(string row, ScreeningPolicy policy, Choice[] votes, ItemState state)
    {
        var drafts = votes.Select((choice, index) => Vote($"reviewer {index}", choice)).ToArray();

        Assert.True(state == Stands(Under(policy), Stage.Title, drafts).State, row);
        Assert.True(state == Stands(Under(policy), Stage.Title, [.. drafts.Reverse()]).State, row);
    }

    [Fact]
    public void Two_who_exclude_for_different_reasons_agree_on_the_title_and_not_on_the_full_text()
    {
        DecisionDraft[] At(Stage stage) => [Vote("Ada", Choice.Exclude, "no_aml", stage), Vote("Ben", Choice.Exclude, "not_car_t", stage)];

        Assert.Equal(new Standing(ItemState.Excluded, "not_car_t"), Stands(Dual, Stage.Title, At(Stage.Title)));
        Assert.Equal(ItemState.ReasonConflict, Stands(Dual, Stage.Full, At(Stage.Full)).State);
        Assert.Equal(new Standing(ItemState.Excluded, "no_aml"), Stands(Dual, Stage.Full, [.. At(Stage.Full), Settle("Cleo", Choice.Exclude, "no_aml", Stage.Full)]));
    }

    [Fact]
    public void One_person_is_one_voter_however_the_name_is_written() =>
        Assert.Equal(ItemState.AwaitingSecond, Stands(Dual, Stage.Title, Vote("Ada", Choice.Include), Vote("ADA", Choice.Include)).State);

    [Fact]
    public void An_adjudication_settles_and_a_newer_one_settles_anew()
    {
        DecisionDraft[] conflict = [Vote("Ada", Choice.Include), Vote("Ben", Choice.Exclude)];

        Assert.Equal(ItemState.Advanced, Stands(Dual, Stage.Title, [.. conflict, Settle("Cleo", Choice.Include)]).State);
        Assert.Equal(ItemState.Excluded, Stands(Dual, Stage.Title, [.. conflict, Settle("Cleo", Choice.Include), Settle("Cleo", Choice.Exclude)]).State);
    }

    [Fact]
    public void One_vote_settles_but_for_the_share_that_is_drawn()
    {
        var ids = Enumerable.Range(1, 2000).Select(number => $"pmid:{number}").ToList();
        var state = Of(Under(ScreeningPolicy.SingleWithAudit, 0.1), [.. ids.Select(id => Vote("Ada", Choice.Exclude, subject: id))]);

        var second = ids.Count(id => state.StandingOf(Stage.Title, id).State == ItemState.AwaitingSecond);

        Assert.InRange(second, 140, 260);
        Assert.Equal(ids.Count - second, ids.Count(id => state.StandingOf(Stage.Title, id).State == ItemState.Excluded));
    }

    [Fact]
    public void One_include_among_several_votes_advances() =>
        Assert.Equal(ItemState.Advanced, Stands(OneAdvances, Stage.Title, Vote("Ada", Choice.Exclude), Vote("Ben", Choice.Exclude), Vote("Cleo", Choice.Include)).State);
}
