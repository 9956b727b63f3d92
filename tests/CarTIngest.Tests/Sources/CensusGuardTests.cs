using System.Collections.Frozen;
using System.Globalization;
using CarTIngest.Records;
using CarTIngest.Sources;

namespace CarTIngest.Tests.Sources;

public sealed class CensusGuardTests
{
    private static readonly ShrinkLimits Limits = new(ToleratedShrinkPercent: 10, Plenty: 10);

    [Theory]
    [InlineData(100, 100)]
    [InlineData(100, 250)]
    [InlineData(100, 90)]
    [InlineData(110, 99)]
    [InlineData(2000, 1800)]
    [InlineData(10, 0)]
    [InlineData(0, 0)]
    public void Believes_a_loss_within_the_share_or_too_small_to_say_anything(long then, long now) =>
        Assert.Empty(CensusGuard.Suspicions(Census(Arm("A", now)), [new("A", "sent A", then)], Limits));

    [Theory]
    [InlineData(110, 98)]
    [InlineData(2000, 1799)]
    [InlineData(11, 0)]
    [InlineData(50, 39)]
    public void Suspects_a_greater_one_and_names_the_arm_with_both_counts(long then, long now) => Assert.StartsWith(
        string.Create(CultureInfo.InvariantCulture, $"Arm A matched {then} on the last complete night and {now} now, with the same strategy."),
        Assert.Single(CensusGuard.Suspicions(Census(Arm("A", now)), [new("A", "sent A", then)], Limits)),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(3, 0, true)]
    [InlineData(3, 1, false)]
    [InlineData(0, 0, false)]
    public void Sees_a_zero_where_there_was_something(long then, long now, bool seen) =>
        Assert.Equal(seen, CensusGuard.HasNewZero(Census(Arm("A", now)), [new("A", "sent A", then)]));

    [Fact]
    public void Never_believes_nothing_at_all_while_records_are_held()
    {
        Assert.StartsWith("No arm matches anything, and 7 records are held.", CensusGuard.NothingAtAll(Census(Arm("A", 0)), 7), StringComparison.Ordinal);
        Assert.Null(CensusGuard.NothingAtAll(Census(Arm("A", 0)), 0));
    }

    [Fact]
    public void Holds_each_arm_against_its_own_yesterday()
    {
        var suspicions = CensusGuard.Suspicions(Census(Arm("A", 0), Arm("B", 1000), Arm("C", 0)), [new("A", "sent A", 500), new("B", "sent B", 500), new("C", "sent C", 500)], Limits);

        Assert.Equal(["Arm A", "Arm C"], suspicions.Select(says => says[..5]));
    }

    [Fact]
    public void Has_no_yesterday_for_a_changed_strategy_or_a_new_arm() =>
        Assert.Empty(CensusGuard.Suspicions(Census(Arm("A", 0), Arm("B", 0)), [new("A", "another strategy", 500)], Limits));

    [Fact]
    public void Says_nothing_of_an_arm_that_is_no_longer_asked() => Assert.Empty(CensusGuard.Suspicions(Census(Arm("A", 5)), [new("A", "sent A", 5), new("B", "sent B", 500)], Limits));

    private static SourceCensus Census(params ArmCensus[] arms) => new("1", "1", arms, FrozenSet<RecordId>.Empty);

    private static ArmCensus Arm(string name, long count) =>
        new(new SearchArm("pubmed", name, "", FrozenDictionary<string, string>.Empty), $"sent {name}", count, FrozenDictionary<RecordId, string>.Empty, null, [], null);
}
