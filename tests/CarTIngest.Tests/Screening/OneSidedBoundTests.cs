using CarTIngest.Screening;

namespace CarTIngest.Tests.Screening;

public sealed class OneSidedBoundTests
{
    /// <summary>Natrella, Experimental Statistics (NBS Handbook 91), table A-23: one-sided 95 % upper limits of a proportion, n = 10; further rows by 1 - 0.05^(1/n).</summary>
    [Theory]
    [InlineData(0, 10, 0.2589)]
    [InlineData(1, 10, 0.3942)]
    [InlineData(2, 10, 0.5069)]
    [InlineData(3, 10, 0.6066)]
    [InlineData(4, 10, 0.6965)]
    [InlineData(5, 10, 0.7776)]
    [InlineData(6, 10, 0.8500)]
    [InlineData(7, 10, 0.9127)]
    [InlineData(8, 10, 0.9632)]
    [InlineData(9, 10, 0.9949)]
    [InlineData(0, 1, 0.9500)]
    [InlineData(0, 100, 0.0295)]
    [InlineData(0, 3000, 0.000998)]
    public void The_upper_bound_is_that_of_the_published_table(int k, int n, double bound) => Assert.Equal(bound, OneSidedBound.Upper(k, n), 0.00006);

    [Fact]
    public void Sixty_nine_of_sixty_nine_show_at_least_95_7_percent() => Assert.Equal(0.9575, OneSidedBound.Lower(69, 69), 0.00006);

    [Theory]
    [InlineData(5, 120)]
    [InlineData(40, 2000)]
    [InlineData(1999, 2000)]
    public void So_few_or_fewer_have_a_chance_of_one_in_twenty_at_the_bound(int k, int n)
    {
        var share = OneSidedBound.Upper(k, n);
        var chance = Enumerable.Range(0, k + 1).Sum(i => Math.Exp(LogChoose(n, i) + (i * Math.Log(share)) + ((n - i) * Math.Log(1 - share))));

        Assert.Equal(0.05, chance, 0.0005);
    }

    [Fact]
    public void Nothing_looked_at_shows_nothing()
    {
        Assert.Equal(1, OneSidedBound.Upper(0, 0));
        Assert.Equal(0, OneSidedBound.Lower(0, 0));
        Assert.Equal(1, OneSidedBound.Upper(4, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => OneSidedBound.Upper(3, 2));
        Assert.Equal("2 of 120, at most 5.2 % (one-sided 95 % bound)", OneSidedBound.Misses(2, 120));
        Assert.Contains("nothing was looked at", OneSidedBound.Misses(0, 0), StringComparison.Ordinal);
    }

    private static double LogChoose(int n, int k) => Enumerable.Range(1, k).Sum(i => Math.Log((double)(n - i + 1) / i));
}
