using CarTIngest.Records;

namespace CarTIngest.Tests.Records;

public sealed class DoiTests
{
    [Theory]
    [InlineData("10.9999/Invented.2031", "10.9999/invented.2031")]
    [InlineData("doi:10.9999/x", "10.9999/x")]
    [InlineData("DOI: 10.9999/x", "10.9999/x")]
    [InlineData("https://doi.org/10.9999/X", "10.9999/x")]
    [InlineData("http://dx.doi.org/10.9999/x", "10.9999/x")]
    [InlineData("  10.9999/x  ", "10.9999/x")]
    [InlineData("10.9999.1/(SICI)1<1::AID>3.0;2-#", "10.9999.1/(sici)1<1::aid>3.0;2-#")]
    [InlineData("10.9999/a/b", "10.9999/a/b")]
    public void Takes_a_doi_with_or_without_a_resolver_in_lower_case(string text, string value)
    {
        Assert.True(Doi.TryParse(text, out var doi));
        Assert.Equal(value, doi.Value);
        Assert.Equal(value, doi.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("10.9999")]
    [InlineData("10.9999/")]
    [InlineData("10./x")]
    [InlineData("11.9999/x")]
    [InlineData("10.9999/x y")]
    [InlineData("S0000-0000(31)00001-2")]
    [InlineData("https://example.org/10.9999/x")]
    public void Refuses_anything_else(string? text) => Assert.False(Doi.TryParse(text, out _));

    [Fact]
    public void Two_are_the_same_whatever_the_case_and_the_address()
    {
        Assert.True(Doi.TryParse("https://doi.org/10.9999/ABC", out var one));
        Assert.True(Doi.TryParse("10.9999/abc", out var other));

        Assert.Equal(one, other);
    }
}
