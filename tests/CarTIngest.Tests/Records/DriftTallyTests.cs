using System.Globalization;
using CarTIngest.Records;

namespace CarTIngest.Tests.Records;

public sealed class DriftTallyTests
{
    private readonly DriftTally tally = new();

    [Fact]
    public void Counts_each_path_in_the_order_of_their_names()
    {
        tally.Met("b");
        tally.Met("a");
        tally.Met("b");

        Assert.Equal([new("a", 1), new("b", 2)], tally.Counts);
    }

    [Fact]
    public void Counts_under_one_name_what_comes_after_the_cap_and_goes_on_counting_what_is_known()
    {
        for (var path = 0; path < DriftTally.MaxPaths; path++)
        {
            tally.Met(path.ToString("D4", CultureInfo.InvariantCulture));
        }

        tally.Met("late");
        tally.Met("later");
        tally.Met("0007");

        Assert.Equal(DriftTally.MaxPaths + 1, tally.Counts.Count);
        Assert.Equal(2, tally.Counts["(others)"]);
        Assert.Equal(2, tally.Counts["0007"]);
        Assert.False(tally.Counts.ContainsKey("late"));
    }
}
