using System.IO.Compression;
using System.Net;
using System.Text.Json;
using CarTIngest.Rehearsal.Server;
using static CarTIngest.Tests.Rehearsal.RecordedNights;

namespace CarTIngest.Tests.Rehearsal.Registry;

public sealed class RegistryApiTests
{
    private const string Everything = "NCT90000001 NCT90000002 NCT90000003 NCT90000004";

    private static RecordedNights Scripted() => new RecordedNights()
        .Full(
            First,
            Study("NCT90000001", updated: "2031-02-01", posted: "2030-03-01", enrollment: 30),
            Study("NCT90000002", updated: "2031-02-10", posted: "2030-01-01", enrollment: 10),
            Study("NCT90000003", updated: "2031-01-15", posted: "2030-02-01", enrollment: 20),
            Study("NCT90000004", updated: "2031-02-20", more: ",\"derivedSection\":{\"miscInfoModule\":{\"versionHolder\":\"2031-02-28\"}}"))
        .Changes(Second, Gone("NCT90000002"), Merged("NCT90000003", "NCT90000001"), Upsert(Study("NCT90000005", updated: "2031-03-02")));

    [Fact]
    public async Task Version_moves_every_night()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());
        var before = await standIn.JsonAsync("version");
        standIn.Server.MoveTo(Second);

        Assert.Equal("2.0.5", before.GetProperty("apiVersion").GetString());
        Assert.Equal("2031-03-01T09:00:05", before.GetProperty("dataTimestamp").GetString());
        Assert.Equal("2031-03-02T09:00:05", (await standIn.JsonAsync("version")).GetProperty("dataTimestamp").GetString());
        Assert.Equal(3, (await standIn.JsonAsync("stats/size")).GetProperty("totalStudies").GetInt32());
    }

    [Theory]
    [InlineData("query.cond=leukemia&query.intr=CAR-T", Everything)]
    [InlineData("filter.ids=NCT90000002,nct90000004|NCT77777777", "NCT90000002 NCT90000004")]
    [InlineData("filter.advanced=AREA[LastUpdatePostDate]RANGE[2031-02-01,2031-02-10]", "NCT90000001 NCT90000002")]
    [InlineData("filter.advanced=AREA[LastUpdatePostDate]RANGE[2031-02-10,MAX] AND AREA[Phase]PHASE1", "NCT90000002 NCT90000004")]
    [InlineData("query.term=AREA[LastUpdatePostDate]RANGE[MIN,01/31/2031]", "NCT90000003")]
    [InlineData("query.cond=NCT90000001&filter.advanced=AREA[LastUpdatePostDate]RANGE[2031-02-10,MAX]", "NCT90000001")]
    [InlineData("sort=LastUpdatePostDate", "NCT90000004 NCT90000002 NCT90000001 NCT90000003")]
    [InlineData("sort=StudyFirstPostDate:asc,@relevance", "NCT90000002 NCT90000004 NCT90000003 NCT90000001")]
    [InlineData("sort=EnrollmentCount", "NCT90000002 NCT90000004 NCT90000003 NCT90000001")]
    [InlineData("filter.overallStatus=RECRUITING,COMPLETED&format=json&markupFormat=markdown", Everything)]
    public async Task Finds_the_whole_registry_but_for_ids_and_post_dates(string query, string ids)
    {
        await using var standIn = await StandIn.StartAsync(Scripted());

        Assert.Equal(ids, await standIn.NctIdsAsync(query));
    }

    [Theory]
    [InlineData("studies?filter.phase=PHASE1", "`filter.phase` is unknown parameter")]
    [InlineData("studies/NCT90000001?query.cond=x", "`query.cond` is unknown parameter")]
    [InlineData("studies?filter.overallStatus=OPEN", "Invalid value in parameter `filter.overallStatus`: `OPEN`")]
    [InlineData("studies?pageToken=abracadabra", "`pageToken`")]
    [InlineData("studies?pageSize=ten", "`pageSize`")]
    [InlineData("studies?countTotal=yes", "`countTotal`")]
    [InlineData("studies?filter.ids=NCT90000001,NCT00000000", "incorrect format")]
    [InlineData("studies?sort=BriefTitle", "Unsupported sort field type: text")]
    [InlineData("studies?sort=@relevance,StartDate,EnrollmentCount", "at most 2")]
    [InlineData("studies?fields=", "incorrect format")]
    [InlineData("studies?fields=NCTId,Bogus", "contains invalid field name")]
    [InlineData("studies?filter.advanced=AREA[LastUpdatePostDate]RANGE[soon,MAX]", "Error parsing query in filter.advanced")]
    [InlineData("studies/NCT123456789", "incorrect format")]
    public async Task Refuses_in_plain_text(string address, string text)
    {
        await using var standIn = await StandIn.StartAsync(Scripted());

        await standIn.RefusesAsync(address, HttpStatusCode.BadRequest, text);
    }

    [Fact]
    public async Task Names_of_the_older_api_fail_for_ever()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());

        await standIn.RefusesAsync("studies?fields=ConditionList", HttpStatusCode.InternalServerError, "Internal Server Error");
    }

    [Fact]
    public async Task A_full_last_page_promises_an_empty_one()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());
        var first = await standIn.JsonAsync("studies?countTotal=true&pageSize=2");
        var second = await standIn.JsonAsync($"studies?countTotal=true&pageSize=2&pageToken={Token(first)}");
        var third = await standIn.JsonAsync($"studies?pageSize=2&pageToken={Token(second)}");

        Assert.Equal(4, first.GetProperty("totalCount").GetInt32());
        Assert.False(second.TryGetProperty("totalCount", out _));
        Assert.Equal("NCT90000003 NCT90000004", StandIn.NctIds(second));
        Assert.Equal("", StandIn.NctIds(third));
        Assert.False(third.TryGetProperty("nextPageToken", out _));
    }

    [Fact]
    public async Task Page_size_is_ten_by_default_and_for_zero_and_is_clamped_without_a_word()
    {
        var studies = Enumerable.Range(90000001, 12).Select(number => Study($"NCT{number}")).ToArray();
        await using var standIn = await StandIn.StartAsync(new RecordedNights().Full(First, studies), new RehearsalSettings { RegistryPageSizeMax = 11 });

        Assert.Equal(10, (await standIn.JsonAsync("studies")).GetProperty("studies").GetArrayLength());
        Assert.Equal(10, (await standIn.JsonAsync("studies?pageSize=0")).GetProperty("studies").GetArrayLength());
        Assert.Equal(11, (await standIn.JsonAsync("studies?pageSize=5000")).GetProperty("studies").GetArrayLength());
    }

    [Fact]
    public async Task A_token_under_other_parameters_gives_the_other_querys_rows()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());
        var token = Token(await standIn.JsonAsync("studies?pageSize=1"));

        Assert.Equal("NCT90000004", await standIn.NctIdsAsync($"filter.ids=NCT90000002,NCT90000004&pageToken={token}"));
    }

    [Fact]
    public async Task A_token_of_another_data_set_is_refused()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());
        var token = Token(await standIn.JsonAsync("studies?pageSize=1"));
        standIn.Server.MoveTo(Second);

        await standIn.RefusesAsync($"studies?pageSize=1&pageToken={token}", HttpStatusCode.BadRequest, "The data have probably changed while you were paginating. Please, start over from the first page.");
    }

    [Fact]
    public async Task Gives_the_fields_asked_for_and_no_others()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());
        var pieces = await standIn.JsonAsync("studies?fields=NCTId|LastUpdatePostDate|HasResults&pageSize=1");
        var module = await standIn.JsonAsync("studies/NCT90000001?fields=designModule");

        Assert.Equal(
            """{"protocolSection":{"identificationModule":{"nctId":"NCT90000001"},"statusModule":{"lastUpdatePostDateStruct":{"date":"2031-02-01"}}},"hasResults":false}""",
            pieces.GetProperty("studies")[0].GetRawText());
        Assert.Equal("""{"protocolSection":{"designModule":{"enrollmentInfo":{"count":30}}}}""", module.GetRawText());
    }

    [Fact]
    public async Task A_merged_study_redirects_and_is_found_by_its_old_number()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());
        standIn.Server.MoveTo(Second);

        using var moved = await standIn.RegistryAsync("studies/NCT90000003");
        var canonical = await standIn.JsonAsync("studies?filter.ids=NCT90000003");

        Assert.Equal(HttpStatusCode.MovedPermanently, moved.StatusCode);
        Assert.Equal("/api/v2/studies/NCT90000001", moved.Headers.Location?.ToString());
        Assert.Equal("NCT90000001", StandIn.NctIds(canonical));
        Assert.Equal("NCT90000003", canonical.GetProperty("studies")[0].GetProperty("protocolSection").GetProperty("identificationModule").GetProperty("nctIdAliases")[0].GetString());
        Assert.Equal("NCT90000001 NCT90000004 NCT90000005", await standIn.NctIdsAsync("query.cond=x"));
    }

    [Fact]
    public async Task A_study_that_went_is_not_found()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());
        await standIn.JsonAsync("studies/NCT90000002");
        standIn.Server.MoveTo(Second);

        await standIn.RefusesAsync("studies/NCT90000002", HttpStatusCode.NotFound, "NCT number NCT90000002 not found");
    }

    [Fact]
    public async Task A_later_full_night_takes_away_what_it_does_not_name()
    {
        await using var standIn = await StandIn.StartAsync(Scripted().Full(Third, Study("NCT90000009")));
        standIn.Server.MoveTo(Third);

        Assert.Equal("NCT90000009", await standIn.NctIdsAsync("query.cond=x"));
    }

    [Theory]
    [InlineData(VersionHolders.OnEveryStudy, "2031-03-01", "2031-03-01")]
    [InlineData(VersionHolders.WhereRecorded, null, "2031-03-01")]
    public async Task The_version_holder_is_the_data_sets_and_not_the_studys(VersionHolders holders, string? without, string with)
    {
        await using var standIn = await StandIn.StartAsync(Scripted(), new RehearsalSettings { VersionHolders = holders });

        Assert.Equal(without, Holder(await standIn.JsonAsync("studies/NCT90000001")));
        Assert.Equal(with, Holder(await standIn.JsonAsync("studies/NCT90000004")));
    }

    [Fact]
    public async Task The_tag_is_the_data_sets_and_answers_304_with_nothing_wherever_it_is_sent()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());
        using var version = await standIn.RegistryAsync("version");
        var tag = version.Headers.ETag!;
        async Task<HttpResponseMessage> AskAsync()
        {
            var request = new HttpRequestMessage(HttpMethod.Get, new Uri(standIn.Server.RegistryAddress, "studies/NCT90000001"));
            request.Headers.IfNoneMatch.Add(tag);
            return await standIn.SendAsync(request);
        }

        using var unchanged = await AskAsync();
        standIn.Server.MoveTo(Second);
        using var changed = await AskAsync();

        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal("", await unchanged.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(tag, changed.Headers.ETag);
    }

    [Fact]
    public async Task Packs_its_answer_when_that_is_accepted()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(standIn.Server.RegistryAddress, "version"));
        request.Headers.AcceptEncoding.ParseAdd("gzip, br");

        using var answer = await standIn.SendAsync(request);

        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        await using var plain = new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        Assert.Equal("2.0.5", (await JsonDocument.ParseAsync(plain)).RootElement.GetProperty("apiVersion").GetString());
    }

    [Fact]
    public async Task Takes_get_only_and_no_address_beyond_eight_kilobytes()
    {
        await using var standIn = await StandIn.StartAsync(Scripted());
        using var posted = await standIn.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(standIn.Server.RegistryAddress, "studies")));
        using var tooLong = await standIn.RegistryAsync($"studies?query.cond={new string('x', 9_000)}");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, posted.StatusCode);
        Assert.Equal(HttpStatusCode.RequestUriTooLong, tooLong.StatusCode);
    }

    private static string Token(JsonElement page) => page.GetProperty("nextPageToken").GetString()!;

    private static string? Holder(JsonElement study) =>
        study.TryGetProperty("derivedSection", out var derived) ? derived.GetProperty("miscInfoModule").GetProperty("versionHolder").GetString() : null;
}
