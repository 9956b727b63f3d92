using System.Net;
using System.Text;
using CarTIngest.Records;
using CarTIngest.Sources;
using CarTIngest.Sources.ClinicalTrials;
using CarTIngest.Sources.Http;
using CarTIngest.Sources.PubMed;

namespace CarTIngest.Tests.Sources.Http;

/// <summary>Answers that are whole to the transport and say something wrong of themselves: there the judges of each source are the guard.</summary>
public sealed class LyingServerTests
{
    private const string Search = "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<eSearchResult><Count>2</Count><RetMax>2</RetMax><RetStart>0</RetStart>"
        + "<IdList><Id>90000002</Id><Id>90000001</Id></IdList><TranslationSet/><QueryTranslation>naïve</QueryTranslation></eSearchResult>";

    private static readonly HttpLimits Brief = HttpUnderTest.Quick with { Retries = 2, AttemptTimeout = TimeSpan.FromSeconds(2) };

    private static readonly PubMedAnswers Judge = new(new Secrets());

    [Fact]
    public async Task A_length_below_the_truth_cuts_the_answer_and_its_rest_never_becomes_the_next_one()
    {
        var poison = RawServer.Ok(Search.Replace("9000000", "6666666", StringComparison.Ordinal));
        await using var server = new RawServer((peer, n) => peer.SendAsync(n == 1 ? Lying(Search.Length / 2) + poison : RawServer.Ok(Search)));
        await using var client = new HttpUnderTest(Brief);
        var first = await AskAsync(client, server.Address);
        var second = await AskAsync(client, server.Address);
        Assert.Equal([Search, Search], [Text(first), Text(second)]);
        Assert.Equal(3, client.Http.Requests);
        Assert.Equal(3, server.Requests);

        static string Lying(int length) => RawServer.Ok(Search).Replace($"Content-Length: {Encoding.UTF8.GetByteCount(Search)}", $"Content-Length: {length}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/xml; charset=klingon")]
    [InlineData("text/xml; charset=UTF-16")]
    [InlineData("text/xml; charset=\"\"; charset=ascii")]
    [InlineData("image/png")]
    [InlineData("neither one nor the other")]
    public async Task A_wrong_word_for_the_charset_does_not_change_the_bytes(string contentType)
    {
        await using var server = new RawServer((peer, _) => peer.SendAsync(RawServer.Ok(Search).Replace("text/xml; charset=UTF-8", contentType, StringComparison.Ordinal)));
        await using var client = new HttpUnderTest(Brief);
        var page = SearchPage.Read((await AskAsync(client, server.Address)).Body);
        Assert.Equal("naïve", page?.Translation);
        Assert.Equal(1, client.Http.Requests);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("ebcdic-none-such")]
    public async Task Xml_that_is_not_written_as_it_says_is_refused_as_a_fault_that_passes(string encoding)
    {
        var body = Search.Replace("UTF-8", encoding, StringComparison.Ordinal);
        await using var server = new RawServer((peer, _) => peer.SendAsync(RawServer.Ok(body)));
        await using var client = new HttpUnderTest(Brief);
        var refused = await Assert.ThrowsAsync<AnswerRefusedException>(() => AskAsync(client, server.Address));
        Assert.Equal(AnswerClass.Transient, refused.Verdict.Class);
        Assert.Equal(3, client.Http.Requests);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task PubMed_that_sends_us_to_another_host_is_not_followed(int status)
    {
        await using var elsewhere = new RawServer((peer, _) => peer.SendAsync(RawServer.Ok(Search)));
        await using var server = new RawServer((peer, _) => peer.SendAsync($"HTTP/1.1 {status} Moved\r\nLocation: {elsewhere.Address}esearch.fcgi\r\nContent-Length: 0\r\n\r\n"));
        await using var client = new HttpUnderTest(Brief);
        var refused = await Assert.ThrowsAsync<AnswerRefusedException>(() => AskAsync(client, server.Address));
        Assert.Equal(AnswerClass.SchemaDrift, refused.Verdict.Class);
        Assert.Equal(0, elsewhere.Requests);
    }

    [Fact]
    public async Task A_merged_study_is_asked_of_the_registry_itself_whatever_host_the_redirect_names()
    {
        await using var elsewhere = new RawServer((peer, _) => peer.SendAsync(RawServer.Ok("{\"protocolSection\":{}}")));
        await using var server = new RawServer((peer, _) => peer.SendAsync(peer.Head.Split(' ')[1] switch
        {
            var list when list.StartsWith("/studies?", StringComparison.Ordinal) => RawServer.Ok("{\"totalCount\":0,\"studies\":[]}"),
            "/studies/NCT90000001" => $"HTTP/1.1 301 Moved\r\nLocation: {elsewhere.Address}studies/NCT90000002\r\nContent-Length: 0\r\n\r\n",
            _ => RawServer.Ok("{\"protocolSection\":{\"identificationModule\":{\"nctId\":\"NCT90000002\",\"briefTitle\":\"The invented study that remained\"}}}"),
        }));
        await using var client = new HttpUnderTest(Brief, "clinicaltrials");
        var source = new ClinicalTrialsSource(client.Http, new ClinicalTrialsOptions { BaseAddress = server.Address }, []);
        var records = new List<FetchedRecord>();
        await foreach (var record in source.FetchAsync([RecordId.TryParse("nct:NCT90000001", out var id) ? id : default], new PubMed.ListArchive(), new DriftTally(), CancellationToken.None))
        {
            records.Add(record);
        }

        Assert.Equal("nct:NCT90000002", Assert.IsType<ReadRecord>(Assert.IsType<GivenRecord>(records[0]).Reading).Record.Id.Text);
        Assert.Equal("nct:NCT90000002", Assert.IsType<NotGivenRecord>(records[1]).MergedInto?.Text);
        Assert.Equal(0, elsewhere.Requests);
    }

    [Theory]
    [InlineData("Location: http://[not an address\r\n")]
    [InlineData("")]
    public async Task A_redirect_to_nowhere_is_refused(string location)
    {
        await using var server = new RawServer((peer, _) => peer.SendAsync($"HTTP/1.1 301 Moved\r\n{location}Content-Length: 0\r\n\r\n"));
        await using var client = new HttpUnderTest(Brief, "clinicaltrials");
        await Assert.ThrowsAsync<AnswerRefusedException>(() => client.Http.SendAsync(
            () => new HttpRequestMessage(HttpMethod.Get, server.Address), RegistryAnswers.Study, CancellationToken.None));
    }

    private static Task<Answer> AskAsync(HttpUnderTest client, Uri address) => client.Http.SendAsync(
        () => new HttpRequestMessage(HttpMethod.Get, address), answer => Judge.Esearch(answer, 0, 9_999), CancellationToken.None);

    private static string Text(Answer answer) => Encoding.UTF8.GetString(answer.Body.Span);
}
