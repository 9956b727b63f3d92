using CarTIngest.Records;

namespace CarTIngest.Tests.Records;

public sealed class NctIdTests
{
    [Theory]
    [InlineData("NCT99000001")]
    [InlineData("nct99000001")]
    [InlineData(" Nct99000001 ")]
    public void Takes_any_case_and_writes_capitals(string text)
    {
        Assert.True(NctId.TryParse(text, out var id));
        Assert.Equal("NCT99000001", id.Value);
        Assert.Equal("NCT99000001", id.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("NCT")]
    [InlineData("99000001")]
    [InlineData("NCT9900001")]
    [InlineData("NCT990000011")]
    [InlineData("NCT00000000")]
    [InlineData("NCT9900000x")]
    [InlineData("NCT 9900001")]
    [InlineData("ISRCTN99000001")]
    public void Refuses_anything_else(string? text)
    {
        Assert.False(NctId.TryParse(text, out var id));
        Assert.Equal("", id.Value);
    }

    [Fact]
    public void Is_ordered_by_its_number()
    {
        Assert.True(NctId.TryParse("NCT09000000", out var small));
        Assert.True(NctId.TryParse("nct10000000", out var large));

        Assert.True(small.CompareTo(large) < 0);
        Assert.Equal(0, small.CompareTo(small));
    }
}
