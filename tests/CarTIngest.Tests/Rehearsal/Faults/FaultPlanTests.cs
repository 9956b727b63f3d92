using System.Net;
using CarTIngest.Rehearsal.Faults;
using CarTIngest.Rehearsal.Server;
using static CarTIngest.Tests.Rehearsal.RecordedNights;

namespace CarTIngest.Tests.Rehearsal.Faults;

public sealed class FaultPlanTests
{
    private static readonly FaultTimes AtOnce = new() { Stall = TimeSpan.FromMilliseconds(1), Late = TimeSpan.FromMilliseconds(1), RetryAfterSeconds = 0 };

    [Theory]
    [InlineData("1.5", "from 0 to 1")]
    [InlineData("-0.1", "from 0 to 1")]
    [InlineData("0.2@", "whole number")]
    [InlineData("0.2@seven", "whole number")]
    [InlineData("0.2@-1", "whole number")]
    [InlineData("no-such-file.jsonl", "neither a rate from 0 to 1")]
    [InlineData("", "neither a rate from 0 to 1")]
    public void Refuses_what_is_neither_a_rate_nor_a_file(string text, string says) =>
        Assert.Contains(says, Assert.Throws<UnreadableFaultsException>(() => FaultPlan.Read(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("0.2", 1)]
    [InlineData("0.2@7", 7)]
    [InlineData("1@0", 0)]
    public void Reads_a_rate_and_its_seed(string text, int seed) => Assert.Equal(seed, FaultPlan.Read(text).Seed);

    [Theory]
    [InlineData("""{"fault":"E99","endpoint":"esearch","nth":3}""", "rules(2): fault is \"E99\"; it must be one of E1, E2")]
    [InlineData("""{"fault":"E2","endpoint":"search","nth":3}""", "endpoint is \"search\"; it must be one of einfo, esearch")]
    [InlineData("""{"fault":"E2","endpoint":"esearch","nth":0}""", "nth is 0; it must be a whole number from 1 on")]
    [InlineData("""{"fault":"E2","endpoint":"esearch","nth":"3"}""", "nth is \"3\"")]
    [InlineData("""{"fault":"E2","endpoint":"esearch","probability":2}""", "from 0 to 1")]
    [InlineData("""{"fault":"E2","endpoint":"esearch","nth":3,"night":"16 May"}""", "a date such as")]
    [InlineData("""{"fault":"E2","endpoint":"esearch"}""", "either nth or probability")]
    [InlineData("""{"fault":"E2","endpoint":"esearch","nth":3,"probability":0.1}""", "either nth or probability")]
    [InlineData("""{"fault":"E2","nth":3}""", "no endpoint")]
    [InlineData("""{"endpoint":"esearch","nth":3}""", "has no fault")]
    [InlineData("""{"fault":"E2","endpoint":"esearch","nht":3}""", "'nht' is not known")]
    [InlineData("""{"fault":"E2","fault":"E3","endpoint":"esearch","nth":3}""", "no JSON object")]
    [InlineData("""["E2"]""", "no JSON object")]
    [InlineData("E2 esearch 3", "no JSON object")]
    public void Names_the_line_that_is_no_rule_and_what_is_allowed(string line, string says)
    {
        var message = Assert.Throws<UnreadableFaultsException>(() => FaultPlan.Scripted(["# rules", line], "rules")).Message;
        Assert.StartsWith("rules(2)", message, StringComparison.Ordinal);
        Assert.Contains(says, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_rule_is_refused() => Assert.Throws<UnreadableFaultsException>(() => FaultPlan.Scripted(["", "# nothing"], "rules"));

    [Fact]
    public async Task The_same_seed_draws_the_same_for_an_endpoint_in_whatever_order_the_others_are_asked()
    {
        var one = await GivenAsync("0.3@5", Enumerable.Range(0, 120).Select(n => n % 2 == 0 ? "einfo" : "version"));
        var other = await GivenAsync("0.3@5", Enumerable.Repeat("version", 60).Concat(Enumerable.Repeat("einfo", 60)));
        var another = await GivenAsync("0.3@6", Enumerable.Repeat("version", 60).Concat(Enumerable.Repeat("einfo", 60)));

        Assert.Equal(one["einfo"], other["einfo"]);
        Assert.Equal(one["version"], other["version"]);
        Assert.NotEqual(one["einfo"], another["einfo"]);
        Assert.InRange(one.Values.Sum(faults => faults.Count(fault => fault.Length > 0)), 20, 55);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 40)]
    public async Task A_rate_of_nothing_gives_none_and_a_rate_of_one_gives_nothing_else(string rate, int faults) =>
        Assert.Equal(faults, (await GivenAsync(rate, Enumerable.Repeat("einfo", 40)))["einfo"].Count(fault => fault.Length > 0));

    [Fact]
    public async Task Draws_only_what_a_client_can_outlive_and_every_one_of_it()
    {
        var given = await GivenAsync("1@3", Enumerable.Repeat("efetch", 300).Concat(Enumerable.Repeat("esearch", 300)).Concat(Enumerable.Repeat("studies", 300)));
        Assert.Equal(
            "403 429 500 503 E1 E12 E13 E14 E15 E16 E17 E18 E19 E2 E20 E23 E3 E4 E7 E8 flip reset short stall",
            string.Join(' ', given.Values.SelectMany(faults => faults).Distinct().Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_number_counts_within_the_night_that_is_named_and_else_from_the_start()
    {
        var gate = new FaultGate(
            FaultPlan.Scripted(["""{"fault":"503","endpoint":"version","nth":3}""", """{"fault":"500","endpoint":"version","nth":1,"night":"2031-03-02"}"""], "rules"), AtOnce, TimeProvider.System);
        await using var standIn = await StandIn.StartAsync(Corpus(), new RehearsalSettings { Gates = [gate.PassAsync] });
        var statuses = new List<HttpStatusCode>();
        foreach (var night in (DateOnly[])[First, Second])
        {
            standIn.Server.MoveTo(night);
            for (var n = 0; n < 2; n++)
            {
                using var answer = await standIn.RegistryAsync("version");
                statuses.Add(answer.StatusCode);
            }
        }

        // The third of all is the first of the second night: the rule that stands first is given.
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK], statuses);
    }

    [Fact]
    public async Task Data_that_moved_without_a_word_lose_a_row_and_are_told_as_a_later_state_until_the_night_is_over()
    {
        var gate = new FaultGate(FaultPlan.Scripted(["""{"fault":"drift","endpoint":"studies","nth":2}"""], "rules"), AtOnce, TimeProvider.System);
        await using var standIn = await StandIn.StartAsync(Corpus(), new RehearsalSettings { Gates = [gate.PassAsync] });
        var page = await standIn.JsonAsync("studies?query.term=cells&pageSize=1&countTotal=true");
        var before = (await standIn.JsonAsync("version")).GetProperty("dataTimestamp").GetString();
        var next = await standIn.JsonAsync($"studies?query.term=cells&pageSize=1&pageToken={page.GetProperty("nextPageToken")}");

        Assert.Equal(0, next.GetProperty("studies").GetArrayLength());
        Assert.Equal(("2031-03-01T09:00:05", "2031-03-01T14:00:05"), (before, (await standIn.JsonAsync("version")).GetProperty("dataTimestamp").GetString()));
        standIn.Server.MoveTo(Second);
        Assert.Equal("2031-03-02T09:00:05", (await standIn.JsonAsync("version")).GetProperty("dataTimestamp").GetString());
    }

    private static RecordedNights Corpus() => new RecordedNights()
        .Full(First, Study("NCT90000001"), Study("NCT90000002")).Update(First, Article(90000001), Article(90000002), Article(90000003)).Update(Second, Article(90000004));

    /// <summary>The faults given, endpoint by endpoint, in the order of the requests; empty where none was.</summary>
    private static async Task<Dictionary<string, List<string>>> GivenAsync(string rate, IEnumerable<string> asked)
    {
        var gate = new FaultGate(FaultPlan.Read(rate), AtOnce, TimeProvider.System);
        await using var standIn = await StandIn.StartAsync(Corpus(), new RehearsalSettings { PubMedRequestsPerSecond = 10_000, Gates = [gate.PassAsync] });
        await using var calm = await StandIn.StartAsync(Corpus());
        var token = (await calm.JsonAsync("studies?query.term=cells&pageSize=1")).GetProperty("nextPageToken").GetString();
        foreach (var endpoint in asked)
        {
            try
            {
                using var answer = await (endpoint switch
                {
                    "version" => standIn.RegistryAsync("version"),
                    "studies" => standIn.RegistryAsync($"studies?query.term=cells&pageSize=1&pageToken={token}"),
                    "efetch" => standIn.EUtilsAsync("efetch.fcgi?db=pubmed&id=90000001,90000002"),
                    "esearch" => standIn.EUtilsAsync("esearch.fcgi?db=pubmed&term=cells"),
                    _ => standIn.EUtilsAsync("einfo.fcgi?db=pubmed"),
                });
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException)
            {
                // The fault was the connection's end.
            }
        }

        await standIn.Server.DisposeAsync();
        // The log is in the order of the ends, and the end of one call may be written after the next has begun.
        return standIn.Server.Log.Snapshot().OrderBy(call => call.At).GroupBy(call => call.Endpoint).ToDictionary(calls => calls.Key, calls => calls.Select(call => call.Fault ?? "").ToList());
    }
}
