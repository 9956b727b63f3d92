using System.Collections.Concurrent;
using System.Reflection;
using CarTIngest.Host.Jobs;
using CarTIngest.Host.Nightly;

namespace CarTIngest.Tests.Host.Jobs;

/// <summary>
/// The real schedule in every time zone of this machine: the cron text and zone that Hangfire is given, evaluated by Hangfire's own evaluator, and what the ledger is asked at each firing. Ten
/// years; of an hour at which many clocks are put, one year, and all ten with CARTINGEST_ALL_YEARS=1.
/// </summary>
public sealed class EveryZoneTests
{
    private static readonly DateTime First = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);
    private static readonly int Years = Environment.GetEnvironmentVariable("CARTINGEST_ALL_YEARS") == "1" ? 10 : 1;

    [Theory]
    [InlineData("22:30", 10)]
    [InlineData("02:30", 1)]
    public void Each_night_is_made_once_though_the_service_sleeps_at_random(string hour, int atLeast)
    {
        var years = Math.Max(atLeast, Years);
        var zones = TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).ToList();
        var faults = new ConcurrentBag<string>();
        var nights = 0;

        Parallel.ForEach(zones, zone => Interlocked.Add(ref nights, Play(new ScheduleOptions { Night = hour, TimeZone = zone }, First, First.AddYears(years), faults)));

        Assert.Empty(faults.Order().Take(10));
        Assert.True(zones.Count > 100 && nights > zones.Count * 300 * years, $"{nights} nights in {zones.Count} zones");
    }

    [Theory]
    // The clock is put forward at 22:00, over the hour itself, on 28 March 2026.
    [InlineData("America/Nuuk", "2026-03-01", "2026-05-01")]
    // At midnight: the day begins at 01:00.
    [InlineData("Africa/Cairo", "2026-01-01", "2027-01-01")]
    [InlineData("America/New_York", "2026-01-01", "2036-01-01")]
    // Half an hour of summer time.
    [InlineData("Australia/Lord_Howe", "2026-01-01", "2036-01-01")]
    [InlineData("Africa/Casablanca", "2026-01-01", "2036-01-01")]
    public void Each_night_is_made_once_where_the_clock_is_put_at_odd_times(string zone, string from, string before)
    {
        foreach (var hour in new[] { "22:30", "00:00", "00:30", "01:30", "02:00", "02:30", "23:00", "23:30" })
        {
            var faults = new ConcurrentBag<string>();
            var nights = Play(new ScheduleOptions { Night = hour, TimeZone = zone }, Utc(from), Utc(before), faults);
            Assert.True(nights > 20, $"{nights} nights");
            Assert.Empty(faults.Order().Take(10));
        }
    }

    [Fact]
    public void A_day_that_a_zone_left_out_has_no_night_of_its_own()
    {
        // Samoa had no 30 December 2011.
        var faults = new ConcurrentBag<string>();
        var nights = Play(new ScheduleOptions { TimeZone = "Pacific/Apia" }, Utc("2011-12-01"), Utc("2012-02-01"), faults);
        Assert.True(nights > 20, $"{nights} nights");
        Assert.Empty(faults);
    }

    /// <summary>Plays the nights of one zone; gives how many were made.</summary>
    private static int Play(ScheduleOptions schedule, DateTime from, DateTime before, ConcurrentBag<string> faults)
    {
        var line = Schedule.Of(schedule, ["pubmed"])[0];
        var next = Evaluator.Of(line.Cron);
        var dice = new Random(schedule.TimeZone.Length + schedule.Night[1]);
        var down = DateTime.MinValue;
        var last = schedule.LastDue(from);
        var made = (DateTimeOffset?)null;
        var count = 0;
        // Hangfire asks for the next moment a little after it fired.
        for (var at = from; next(at, line.Zone) is { } fires && fires < before; at = at.AddSeconds(1))
        {
            // Where the clock is put back by summer time that is winter time (Casablanca) the evaluator names a moment that is past, and Hangfire fires again and again.
            var again = fires <= at;
            fires = again ? at.AddMinutes(1) : fires;
            if (fires < down)
            {
                at = fires;
                continue;
            }

            // A service that comes up again looks at once, at some moment before the hour; then the hour comes, and a look a minute after it.
            foreach (var (moment, look) in new[] { (down, "at a start"), (fires, "at its hour"), (fires.AddMinutes(1), "a minute after") }.Where(look => look.Item1 >= at))
            {
                var due = schedule.LastDue(moment);
                var span = schedule.SpanOf(due);
                if (look == "at its hour" && !again && span.From != new DateTimeOffset(moment))
                {
                    faults.Add($"{schedule.TimeZone} {schedule.Night}: Hangfire fires at {moment:u}, and the night of {due} begins at {span.From:u}");
                }

                // What MadeNights answers, of one source.
                if (made >= span.From && made < span.Before)
                {
                    continue;
                }

                if (due <= last || (due.DayNumber != last.DayNumber + 1 && at >= down && !Skipped(schedule, last, due)))
                {
                    faults.Add($"{schedule.TimeZone} {schedule.Night}: the night of {due} is made {look} after that of {last}");
                }

                (made, last) = (new DateTimeOffset(moment), due);
                count++;
            }

            at = fires;
            down = dice.Next(50) == 0 ? fires.AddMinutes(dice.Next(2, 10_000)) : DateTime.MinValue;
        }

        return count;
    }

    /// <summary>Whether there was no evening of the dates between.</summary>
    private static bool Skipped(ScheduleOptions schedule, DateOnly last, DateOnly due) => schedule.BeginningOf(last.AddDays(1)) <= schedule.BeginningOf(last) && due == last.AddDays(2);

    private static DateTime Utc(string date) => DateTime.SpecifyKind(DateTime.ParseExact(date, "yyyy-MM-dd", null), DateTimeKind.Utc);

    /// <summary>Hangfire keeps its evaluator of cron texts to itself.</summary>
    private static class Evaluator
    {
        private static readonly Type Expression = typeof(Hangfire.Common.Job).Assembly.GetType("Cronos.CronExpression", throwOnError: true)!;

        public static Func<DateTime, TimeZoneInfo, DateTime?> Of(string cron)
        {
            var parse = Expression.GetMethod("Parse", BindingFlags.Public | BindingFlags.Static, [typeof(string)])!;
            var next = Expression.GetMethod("GetNextOccurrence", BindingFlags.Public | BindingFlags.Instance, [typeof(DateTime), typeof(TimeZoneInfo), typeof(bool)])!;
            var of = next.CreateDelegate<Func<DateTime, TimeZoneInfo, bool, DateTime?>>(parse.Invoke(null, [cron]));
            return (from, zone) => of(from, zone, false);
        }
    }
}
