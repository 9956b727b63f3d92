using CarTIngest.Records;

namespace CarTIngest.Tests.Records;

public sealed class PmidTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("90000001", 90000001)]
    [InlineData(" 42\n", 42)]
    [InlineData("0042", 42)]
    [InlineData("9999999999", 9999999999)]
    public void Takes_plain_digits_with_white_space_around_them(string text, long value)
    {
        Assert.True(Pmid.TryParse(text, out var pmid));
        Assert.Equal(value, pmid.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("0")]
    [InlineData("0000000000")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.0")]
    [InlineData("1,000")]
    [InlineData("1 2")]
    [InlineData("12345678901")]
    [InlineData("PMC1")]
    [InlineData("١٢٣")]
    public void Refuses_anything_else(string? text)
    {
        Assert.False(Pmid.TryParse(text, out var pmid));
        Assert.Equal(default, pmid);
    }

    [Fact]
    public void Is_written_as_its_digits_and_ordered_as_a_number()
    {
        Assert.True(Pmid.TryParse("0099", out var small));
        Assert.True(Pmid.TryParse("100", out var large));

        Assert.Equal("99", small.ToString());
        Assert.True(small.CompareTo(large) < 0);
    }
}
