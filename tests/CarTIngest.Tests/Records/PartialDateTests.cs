using CarTIngest.Records;

namespace CarTIngest.Tests.Records;

public sealed class PartialDateTests
{
    [Theory]
    [InlineData("2031", 2031)]
    [InlineData("2031-03", 2031)]
    [InlineData("2031-12-31", 2031)]
    [InlineData("2032-02-29", 2032)]
    [InlineData("0001", 1)]
    public void Takes_a_year_a_month_or_a_day_and_keeps_it_as_written(string text, int year)
    {
        Assert.True(PartialDate.TryParse(text, out var date));
        Assert.Equal(text, date.Text);
        Assert.Equal(text, date.ToString());
        Assert.Equal(year, date.Year);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0000")]
    [InlineData("31")]
    [InlineData("2031-3")]
    [InlineData("2031-13")]
    [InlineData("2031-00")]
    [InlineData("2031-02-29")]
    [InlineData("2031-04-31")]
    [InlineData("2031/04/30")]
    [InlineData(" 2031")]
    [InlineData("2031-04-30T00:00")]
    [InlineData("Spring")]
    public void Refuses_months_and_days_that_do_not_exist_and_every_other_form(string? text) => Assert.False(PartialDate.TryParse(text, out _));
}
