using CarTIngest.Simulation;

namespace CarTIngest.Tests.Simulation;

/// <summary>A seed is a world: played again it takes the same steps. The many are played by <c>tests/simulate.sh</c>.</summary>
public sealed class SeedsTests
{
    /// <summary>Worlds in which anything may go wrong. (A night that is killed at each of its steps is one of those that the script plays.)</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(11)]
    [InlineData(23)]
    public async Task Take_the_same_steps_again_and_break_nothing(ulong seed)
    {
        var first = await Seeds.PlayAsync(seed, CancellationToken.None);
        var second = await Seeds.PlayAsync(seed, CancellationToken.None);

        Assert.Empty(first.Broken);
        Assert.Equal(first.Trace, second.Trace);
    }

    [Fact]
    public async Task Differ_from_each_other() =>
        Assert.NotEqual((await Seeds.PlayAsync(1, CancellationToken.None)).Trace, (await Seeds.PlayAsync(2, CancellationToken.None)).Trace);
}
