using CarTIngest.Sources;
using CsCheck;

namespace CarTIngest.Tests.Sources;

public sealed class StrategyTests
{
    [Fact]
    public void The_hash_is_of_names_and_texts_in_any_order_and_not_of_titles()
    {
        var strategy = Of(("A", "one"), ("B", "two"));

        Assert.Equal(strategy.Hash, Of(("B", "two"), ("A", "one")).Hash);
        Assert.Equal(strategy.Hash, (strategy with { Arms = [.. strategy.Arms.Select(arm => arm with { Title = "Another" })] }).Hash);
        Assert.NotEqual(strategy.Hash, Of(("A", "two"), ("B", "one")).Hash);
        Assert.NotEqual(strategy.Hash, Of(("A", "one")).Hash);
        Assert.NotEqual(Of(("A", "1"), ("B", "2")).Hash, Of(("A1", ""), ("B", "2")).Hash);
        Assert.StartsWith("sha256:", strategy.Hash, StringComparison.Ordinal);
    }

    [Fact]
    public void Kept_and_read_again_it_is_the_same() => Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 1, 3], Gen.String).Array[1, 4].Sample(arms =>
    {
        var strategy = Of([.. arms.DistinctBy(arm => arm.Item1)]);
        Assert.Equal(strategy.Hash, Strategy.Read("pubmed", strategy.Write()).Hash);
    }, iter: 200);

    [Fact]
    public void Changed_arms_are_named_those_that_came_and_went_too() =>
        Assert.Equal(["A", "C", "D"], Of(("A", "other"), ("B", "two"), ("C", "three")).ChangedFrom(Of(("A", "one"), ("B", "two"), ("D", "four"))));

    private static Strategy Of(params (string Name, string Term)[] arms) => new("pubmed", [.. arms.Select(arm => new SearchArm("pubmed", arm.Name, arm.Name, new Dictionary<string, string> { ["term"] = arm.Term }))]);
}
