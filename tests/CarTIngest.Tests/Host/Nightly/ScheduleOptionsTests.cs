using System.Globalization;
using CarTIngest.Host.Nightly;

namespace CarTIngest.Tests.Host.Nightly;

public sealed class ScheduleOptionsTests
{
    private static readonly ScheduleOptions NewYork = new();

    [Theory]
    // Standard time: UTC-5.
    [InlineData("2031-01-15T04:59:59Z", "2031-01-14")]
    [InlineData("2031-01-15T05:00:00Z", "2031-01-15")]
    // The evening of the change to summer time, 9 March 2031: UTC-4 from 07:00 UTC.
    [InlineData("2031-03-09T04:59:59Z", "2031-03-08")]
    [InlineData("2031-03-10T03:59:59Z", "2031-03-09")]
    [InlineData("2031-03-10T04:00:00Z", "2031-03-10")]
    // The change back, 2 November 2031: the day has 25 hours.
    [InlineData("2031-11-02T03:59:59Z", "2031-11-01")]
    [InlineData("2031-11-03T04:59:59Z", "2031-11-02")]
    [InlineData("2031-11-03T05:00:00Z", "2031-11-03")]
    public void A_moment_belongs_to_the_night_of_its_date_in_the_zone(string moment, string night) => Assert.Equal(Day(night), NewYork.NightOf(Moment(moment)));

    [Theory]
    [InlineData("22:30", "2031-01-15", "2031-01-16T03:30:00Z")]
    [InlineData("22:30", "2031-03-08", "2031-03-09T03:30:00Z")]
    [InlineData("22:30", "2031-03-09", "2031-03-10T02:30:00Z")]
    [InlineData("22:30", "2031-11-01", "2031-11-02T02:30:00Z")]
    [InlineData("22:30", "2031-11-02", "2031-11-03T03:30:00Z")]
    [InlineData("00:00", "2031-03-09", "2031-03-09T05:00:00Z")]
    public void A_night_begins_at_its_time_in_the_zone(string time, string night, string moment) =>
        Assert.Equal(Moment(moment), (NewYork with { Night = time }).BeginningOf(Day(night)));

    [Fact]
    public void A_time_that_the_change_to_summer_skips_is_the_moment_of_the_change() =>
        Assert.Equal(Moment("2031-03-09T07:00:00Z"), (NewYork with { Night = "02:30" }).BeginningOf(Day("2031-03-09")));

    [Fact]
    public void A_time_that_the_change_from_summer_repeats_is_the_first() =>
        Assert.Equal(Moment("2031-11-02T05:30:00Z"), (NewYork with { Night = "01:30" }).BeginningOf(Day("2031-11-02")));

    [Fact]
    public void Every_night_of_a_year_begins_within_itself_and_after_the_one_before()
    {
        foreach (var time in new[] { "00:00", "01:30", "02:00", "02:30", "02:59", "22:30", "23:59" })
        {
            var schedule = NewYork with { Night = time };
            var before = DateTimeOffset.MinValue;
            for (var night = Day("2031-01-01"); night.Year == 2031; night = night.AddDays(1))
            {
                var begins = schedule.BeginningOf(night);
                Assert.Equal(night, schedule.NightOf(begins));
                Assert.True(begins > before);
                before = begins;
            }
        }
    }

    [Theory]
    [InlineData("America/New_York", "2031-01-15T03:29:59Z", "2031-01-15T03:30:00Z")]
    [InlineData("America/New_York", "2031-01-15T03:30:00Z", "2031-01-16T03:30:00Z")]
    [InlineData("America/New_York", "2031-03-09T12:00:00Z", "2031-03-10T02:30:00Z")]
    // Samoa had no 30 December 2011.
    [InlineData("Pacific/Apia", "2011-12-30T08:29:59Z", "2011-12-30T08:30:00Z")]
    [InlineData("Pacific/Apia", "2011-12-31T08:29:59Z", "2011-12-31T08:30:00Z")]
    [InlineData("Pacific/Apia", "2011-12-31T08:30:00Z", "2012-01-01T08:30:00Z")]
    public void The_next_night_is_the_first_that_begins_after_a_moment(string zone, string moment, string begins) =>
        Assert.Equal(Moment(begins), new ScheduleOptions { TimeZone = zone }.NextAfter(Moment(moment)));

    [Fact]
    public void Has_no_fault_by_default() => Assert.Empty(NewYork.Faults());

    [Theory]
    [InlineData("25:99")]
    [InlineData("24:00")]
    [InlineData("9:00")]
    [InlineData("22.30")]
    [InlineData("")]
    public void Names_a_time_that_is_none(string time) => Assert.Contains($"Schedule:Night is '{time}'", Assert.Single((NewYork with { Night = time }).Faults()), StringComparison.Ordinal);

    [Fact]
    public void Names_every_fault_at_once() => Assert.Equal(2, (NewYork with { Night = "late", TimeZone = "Middle/Earth" }).Faults().Count);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
