using CarTIngest.Screening;

namespace CarTIngest.Tests.Screening;

public sealed class StudyProgressTests
{
    private static readonly DecisionSubject Study = new(Votes.Paper, [Judged.Id(Votes.Paper)], HasPublication: true, HasResults: false);

    [Fact]
    public void What_waits_is_neither_included_nor_excluded()
    {
        var progress = Of(Votes.Vote("Ada", Choice.Exclude));

        Assert.Equal((Stage.Title, "awaiting_second"), (progress.Waits!.Stage, progress.Waits.State));
        Assert.False(progress.IsIncluded || progress.IsExcluded);
    }

    [Fact]
    public void Two_who_exclude_by_title_exclude_without_a_class()
    {
        var progress = Of(Votes.Vote("Ada", Choice.Exclude), Votes.Vote("Ben", Choice.Exclude, "not_car_t"));

        Assert.Equal((null, Stage.Title, "not_car_t"), (progress.Waits, progress.ExcludedAt, progress.Reason));
        Assert.True(progress.IsExcluded);
    }

    [Fact]
    public void Two_who_exclude_the_full_text_exclude_at_that_stage()
    {
        var progress = Of([.. Advanced, Votes.Vote("Ada", Choice.Exclude, "no_aml", Stage.Full), Votes.Vote("Ben", Choice.Exclude, "no_aml", Stage.Full)]);

        Assert.Equal((Stage.Full, "no_aml"), (progress.ExcludedAt, progress.Reason));
    }

    [Theory]
    [InlineData(StudyClass.Included, true, false)]
    [InlineData(StudyClass.Excluded, false, true)]
    [InlineData(StudyClass.Ongoing, false, false)]
    public void The_class_in_force_says_which(StudyClass given, bool included, bool excluded)
    {
        var progress = Of([.. Advanced, new DecisionDraft("Ada", Votes.Paper, new Classed(StudyClass.AwaitingClassification)), new DecisionDraft("Ada", Votes.Paper, new Classed(given, "no_aml"))]);

        Assert.Equal((included, excluded, "no_aml", null), (progress.IsIncluded, progress.IsExcluded, progress.Reason, progress.ExcludedAt));
    }

    private static DecisionDraft[] Advanced => [Votes.Vote("Ada", Choice.Include), Votes.Vote("Ben", Choice.Include)];

    private static StudyProgress Of(params DecisionDraft[] drafts) => StudyProgress.Of(Votes.Of(ProtocolFile.Plain, drafts), Study, Votes.Paper, new DateOnly(2026, 3, 1));
}
