using System.Net;
using System.Text;
using CarTIngest.Records;
using CarTIngest.Sources;
using CarTIngest.Sources.Http;
using CarTIngest.Sources.PubMed;
using CarTIngest.Tests.Sources.Http;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using YamlDotNet.RepresentationModel;

namespace CarTIngest.Tests.Sources.PubMed;

/// <summary>Answers that real servers gave to others, served to the real client.</summary>
public sealed class RecordedEntrezTests : IDisposable
{
    private static readonly PubMedAnswers Answers = new(new Secrets());

    private readonly WireMockServer server = WireMockServer.Start();

    public void Dispose() => server.Dispose();

    [SkippableTheory]
    [InlineData("esearch1.xml", 20, 63, 20, "\"biopython\"[All Fields]")]
    [InlineData("esearch2.xml", 100, 42_249, 100, null)]
    [InlineData("esearch5.xml", 9_999, 5, 5, null)]
    [InlineData("esearch8.xml", 9_999, 0, 0, "(abcXYZ[All Fields])")]
    public async Task Reads_count_ids_and_translation_of_recorded_searches(string file, int cap, long count, int ids, string? translation)
    {
        Serve("esearch", Read($"eutils/biopython/{file}"));
        await using var client = new HttpUnderTest();
        var archive = new ListArchive();
        var page = await new EUtilities(client.Http, Options with { SearchCap = cap }).SearchAsync("x", archive, CancellationToken.None);
        Assert.Equal((count, ids), (page.Count, page.Ids.Count));
        Assert.Equal(translation ?? page.Translation, page.Translation);
        Assert.False(string.IsNullOrEmpty(page.Translation));
        Assert.Equal("esearch", Assert.Single(archive.Kept).Endpoint);
    }

    [SkippableFact]
    public async Task Reads_the_state_of_the_database_from_a_recorded_einfo()
    {
        Serve("einfo", Read("eutils/biopython/einfo2.xml"));
        await using var client = new HttpUnderTest();
        Assert.Equal("2025/11/27 06:33", await new EUtilities(client.Http, Options).DataVersionAsync(new ListArchive(), CancellationToken.None));
    }

    [SkippableTheory]
    [InlineData("eutils/biopython/einfo1.xml", 'i', 200, AnswerClass.SchemaDrift)]
    [InlineData("eutils/biopython/einfo2.xml", 'i', 200, AnswerClass.Ok)]
    [InlineData("eutils/klortho/einfo.pubmed.xml", 'i', 200, AnswerClass.Ok)]
    [InlineData("eutils/klortho/einfo.error.xml", 'i', 200, AnswerClass.Transient)]
    [InlineData("eutils/klortho/esearch.baderror.xml", 's', 200, AnswerClass.Transient)]
    [InlineData("eutils/klortho/esearch.baderror.json", 's', 200, AnswerClass.Transient)]
    [InlineData("eutils/klortho/esearch.error.xml", 's', 200, AnswerClass.Ok)]
    [InlineData("eutils/klortho/esearch.pubmed.xml", 's', 200, AnswerClass.Ok, 100)]
    [InlineData("eutils/biopython/esearch3.xml", 's', 200, AnswerClass.Ok, 6)]
    [InlineData("eutils/biopython/esearch8.xml", 's', 200, AnswerClass.EmptyConfirmed)]
    [InlineData("eutils/biomcp/RATE_LIMIT_recorded_2026.json", 's', 429, AnswerClass.Throttled)]
    [InlineData("eutils/quoted/rate_limit_documented_HTTP429.json", 'f', 429, AnswerClass.Throttled)]
    [InlineData("eutils/quoted/efetch_id_list_empty_HTTP400.xml", 'f', 400, AnswerClass.Permanent)]
    [InlineData("eutils/quoted/efetch_retstart_over_9998.xml", 'f', 200, AnswerClass.Permanent)]
    [InlineData("eutils/quoted/efetch_history_expired.xml", 'f', 200, AnswerClass.Transient)]
    [InlineData("pubmed/biopython/pubmed1.xml", 'f', 200, AnswerClass.Ok)]
    [InlineData("pubmed/biopython/pubmed3.html", 'f', 200, AnswerClass.Transient)]
    [InlineData("pubmed/klortho/efetch.pubmedbook.xml", 'f', 200, AnswerClass.Ok)]
    [InlineData("pubmed/ncbiutils/no_pubmedarticleset.xml", 'f', 200, AnswerClass.SchemaDrift)]
    [InlineData("pubmed/metapub/37909814.xml", 'f', 200, AnswerClass.EmptyConfirmed)]
    public async Task Classes_what_was_recorded(string file, char endpoint, int status, AnswerClass expected, int retmax = 20)
    {
        Serve("any", Read(file), status);
        await using var client = new HttpUnderTest(HttpUnderTest.Quick with { Retries = 0 });
        AnswerVerdict? verdict = null;
        try
        {
            await client.Http.SendAsync(
                () => new HttpRequestMessage(HttpMethod.Post, server.Url + "/any.fcgi"),
                answer => verdict = endpoint switch
                {
                    'i' => Answers.Einfo(answer),
                    's' => Answers.Esearch(answer, file.EndsWith("esearch3.xml", StringComparison.Ordinal) ? 6 : 0, retmax),
                    _ => Answers.Efetch(answer),
                },
                CancellationToken.None);
            Assert.True(verdict!.Accepted);
        }
        catch (AnswerRefusedException refused)
        {
            Assert.Same(verdict, refused.Verdict);
        }

        Assert.True(expected == verdict!.Class, verdict.ToString());
    }

    [SkippableFact]
    public async Task A_recorded_rate_answer_is_waited_out()
    {
        var rate = Read("eutils/biomcp/RATE_LIMIT_recorded_2026.json");
        server.Given(Request.Create().WithPath("/esearch.fcgi").UsingPost()).InScenario("rate").WillSetStateTo("calm")
            .RespondWith(Response.Create().WithStatusCode(429).WithHeader("Retry-After", "1").WithBody(rate));
        server.Given(Request.Create().WithPath("/esearch.fcgi").UsingPost()).InScenario("rate").WhenStateIs("calm")
            .RespondWith(Response.Create().WithBody(Read("eutils/biopython/esearch5.xml")));
        await using var client = new HttpUnderTest();
        var page = await new EUtilities(client.Http, Options).SearchAsync("x", new ListArchive(), CancellationToken.None);
        Assert.Equal(5, page.Count);
        Assert.Equal(2, client.Http.Requests);
    }

    [SkippableTheory]
    [InlineData("pubmed/biocommons-eutils/test_eutils_xmlfacades_pubmedarticle_20412080.yaml", 20412080)]
    [InlineData("pubmed/biocommons-eutils/test_eutils_xmlfacades_pubmedarticle_22351513.yaml", 22351513)]
    [InlineData("pubmed/biocommons-eutils/test_eutils_xmlfacades_pubmedarticle_22528466.yaml", 22528466)]
    [InlineData("pubmed/biocommons-eutils/test_eutils_xmlfacades_pubmedarticle_23121403.yaml", 23121403)]
    [InlineData("pubmed/biocommons-eutils/test_eutils_xmlfacades_pubmedarticle_29915538.yaml", 29915538)]
    [InlineData("eutils/biocommons-eutils-cassettes/test_efetch.yaml", 1234567)]
    public async Task Fetches_what_a_cassette_recorded(string cassette, long pmid)
    {
        var (asked, answered) = Assert.Single(Cassette(cassette));
        Assert.Contains($"id={pmid}", asked, StringComparison.Ordinal);
        Serve("efetch", answered);
        await using var client = new HttpUnderTest();
        Assert.True(RecordId.TryParse($"pmid:{pmid}", out var id));
        var source = new PubMedSource(client.Http, Options, [], TimeProvider.System);
        var titles = new List<string>();
        await foreach (var record in source.FetchAsync([id], new ListArchive(), new DriftTally(), CancellationToken.None))
        {
            titles.Add(((Publication)((ReadRecord)((GivenRecord)record).Reading).Record).Title);
        }

        Assert.NotEmpty(Assert.Single(titles));
    }

    [SkippableFact]
    public void A_cassettes_search_is_read_with_its_stack_of_terms()
    {
        var (asked, answered) = Cassette("eutils/biocommons-eutils-cassettes/test_esearch.yaml").Single();
        Assert.Contains("term=OCRL", asked, StringComparison.Ordinal);
        var verdict = Answers.Esearch(new Answer(HttpStatusCode.OK, "text/xml", Encoding.UTF8.GetBytes(answered), null, null), 0, 250);
        Assert.Equal(AnswerClass.Ok, verdict.Class);
        Assert.Equal(5, SearchPage.Read(Encoding.UTF8.GetBytes(answered))!.Count);
    }

    private PubMedOptions Options => new() { BaseAddress = new Uri(server.Url!), ReaskAfterMilliseconds = 1 };

    private static string Read(string file) => File.ReadAllText(Shared.Data(file));

    private void Serve(string endpoint, string body, int status = 200) =>
        server.Given(Request.Create().WithPath($"/{endpoint}.fcgi").UsingPost())
            .RespondWith(Response.Create().WithStatusCode(status).WithHeader("Content-Type", "text/xml; charset=UTF-8").WithBody(body));

    private static List<(string Asked, string Answered)> Cassette(string file)
    {
        using var text = new StreamReader(Shared.Data(file));
        var yaml = new YamlStream();
        yaml.Load(text);
        return [.. ((YamlSequenceNode)yaml.Documents[0].RootNode["interactions"]).Select(call => (call["request"]["body"].ToString(), call["response"]["body"]["string"].ToString()))];
    }
}
