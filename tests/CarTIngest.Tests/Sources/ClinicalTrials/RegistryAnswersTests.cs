using System.Net;
using System.Text;
using System.Text.Json;
using CarTIngest.Records;
using CarTIngest.Sources.ClinicalTrials;
using CarTIngest.Sources.Http;
using CarTIngest.Tests.Sources.Http;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace CarTIngest.Tests.Sources.ClinicalTrials;

public sealed class RegistryAnswersTests
{
    [Theory]
    [InlineData(200, "application/json", """{"totalCount":1,"studies":[{"a":"]}"}]}""", AnswerClass.Ok)]
    [InlineData(200, "application/json", """{"studies":[],"nextPageToken":"x"}""", AnswerClass.Ok)]
    [InlineData(200, "application/json", """{"totalCount":0,"studies":[]}""", AnswerClass.EmptyConfirmed)]
    [InlineData(200, "text/html", "<html>one moment</html>", AnswerClass.Transient)]
    [InlineData(200, "application/json", "", AnswerClass.Transient)]
    [InlineData(200, "application/json", """{"totalCount":1,"studies":[{"a":1}""", AnswerClass.Transient)]
    [InlineData(200, "application/json", """{"totalCount":1,"studies":[{"a":1}]}}""", AnswerClass.Transient)]
    [InlineData(200, "application/json", """{"error":"x"}""", AnswerClass.SchemaDrift)]
    [InlineData(200, "application/json", """{"studies":{}}""", AnswerClass.SchemaDrift)]
    [InlineData(304, "", "", AnswerClass.Transient)]
    [InlineData(400, "text/plain", "`query.recrs` is unknown parameter", AnswerClass.Permanent)]
    [InlineData(403, "text/html", "<html>403</html>", AnswerClass.Blocked)]
    [InlineData(404, "text/html", "<html>404</html>", AnswerClass.Transient)]
    [InlineData(414, "text/html", "<html>414</html>", AnswerClass.Permanent)]
    [InlineData(429, "text/plain", "", AnswerClass.Throttled)]
    [InlineData(500, "text/plain", "", AnswerClass.Transient)]
    [InlineData(503, "text/html", "<html>", AnswerClass.Transient)]
    [Trait("Silent", "R2")]
    [Trait("Silent", "R3")]
    [Trait("Silent", "R6")]
    [Trait("Silent", "R7")]
    public void Judges_a_page_by_its_content_before_its_status(int status, string type, string body, AnswerClass expected) =>
        Assert.Equal(expected, RegistryAnswers.Studies(Answer(status, type, body)).Class);

    [Theory]
    [InlineData(200, "application/json", """{"protocolSection":{}}""", AnswerClass.Ok)]
    [InlineData(200, "application/json", """{"protocolSection":{""", AnswerClass.Transient)]
    [InlineData(200, "application/json", """{"error":1}""", AnswerClass.SchemaDrift)]
    [InlineData(404, "text/plain", "NCT number NCT99999999 not found", AnswerClass.Ok)]
    [InlineData(404, "text/plain", "no such path", AnswerClass.Permanent)]
    [InlineData(404, "text/html", "<html>NCT number not found</html>", AnswerClass.Transient)]
    [InlineData(301, "text/plain", "", AnswerClass.Permanent)]
    [Trait("Silent", "R4")]
    [Trait("Silent", "R8")]
    public void Judges_a_single_study(int status, string type, string body, AnswerClass expected) =>
        Assert.Equal(expected, RegistryAnswers.Study(Answer(status, type, body)).Class);

    [Fact]
    [Trait("Silent", "R1")]
    [Trait("Silent", "R5")]
    public void Knows_the_change_of_the_data_from_every_other_refusal_in_text_or_json()
    {
        Assert.Equal(RegistryAnswers.DataChanged, RegistryAnswers.Studies(Answer(400, "text/plain", "The data have probably changed while you were paginating.")));
        Assert.Equal(RegistryAnswers.DataChanged, RegistryAnswers.Studies(Answer(400, "application/json", """{"message":"The data have probably changed while you were paginating."}""")));
        Assert.Equal(RegistryAnswers.MalformedIds, RegistryAnswers.Studies(Answer(400, "text/plain", "`filter.ids` has incorrect format")));
    }

    [Fact]
    public void Hands_on_how_long_the_registry_wants_to_be_left_alone()
    {
        var answer = Answer(429, "text/plain", "") with { RetryAfter = TimeSpan.FromSeconds(7) };
        Assert.Equal(TimeSpan.FromSeconds(7), RegistryAnswers.Studies(answer).RetryAfter);
    }

    [SkippableFact]
    public async Task Takes_every_recorded_answer_served_over_http()
    {
        var pages = Shared.Data("ctgov/pages");
        using var receipts = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(pages, "capture-receipts.SUBSET.json")));
        var recorded = receipts.RootElement.EnumerateArray()
            .Where(entry => entry.GetProperty("path").GetString()!.StartsWith("ctgov/", StringComparison.Ordinal))
            .Select(entry => (File: Path.Combine(pages, Path.GetFileName(entry.GetProperty("path").GetString()!)), Asked: new Uri(entry.GetProperty("receipt").GetProperty("request").GetString()!)))
            .Where(entry => File.Exists(entry.File))
            .ToList();
        Assert.NotEmpty(recorded);
        using var server = WireMockServer.Start();
        using var http = new PlainHttp();
        foreach (var (file, asked) in recorded)
        {
            server.Reset();
            server.Given(Request.Create().WithPath(asked.AbsolutePath).UsingGet())
                .RespondWith(Response.Create().WithStatusCode(200).WithHeader("Content-Type", "application/json").WithBody(await File.ReadAllBytesAsync(file)));
            var single = asked.AbsolutePath.Contains("/studies/", StringComparison.Ordinal);
            var answer = await http.SendAsync(
                () => new HttpRequestMessage(HttpMethod.Get, server.Url + asked.PathAndQuery), single ? RegistryAnswers.Study : RegistryAnswers.Studies, CancellationToken.None);
            var readings = await Studies.ReadAsync(answer.Body.ToArray());
            Assert.NotEmpty(readings);
            Assert.All(readings, reading => Assert.IsType<ReadRecord>(reading));
        }
    }

    private static Answer Answer(int status, string type, string body) => new((HttpStatusCode)status, type, Encoding.UTF8.GetBytes(body), null, null);
}
