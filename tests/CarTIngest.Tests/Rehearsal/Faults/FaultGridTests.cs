using System.Text;
using CarTIngest.Rehearsal.Faults;
using CarTIngest.Rehearsal.Server;
using CarTIngest.Sources;
using CarTIngest.Sources.ClinicalTrials;
using CarTIngest.Sources.Http;
using CarTIngest.Sources.PubMed;
using CarTIngest.Tests.Host;
using CarTIngest.Tests.Sources.Http;
using static CarTIngest.Tests.Rehearsal.RecordedNights;

namespace CarTIngest.Tests.Rehearsal.Faults;

/// <summary>Every fault at every endpoint that the nights ask, over real HTTP, met by the real client with the judges of its source.</summary>
public sealed class FaultGridTests
{
    /// <summary>Time enough for a busy machine; what only the clock ends has <see cref="Brief"/>.</summary>
    private static readonly HttpLimits Patient = HttpUnderTest.Quick with { Retries = 3, AttemptTimeout = TimeSpan.FromSeconds(20) };

    private static readonly HttpLimits Brief = Patient with { AttemptTimeout = TimeSpan.FromSeconds(1) };

    private static readonly FaultTimes Times = new() { Stall = TimeSpan.FromSeconds(1.5), Late = TimeSpan.FromMilliseconds(50), RetryAfterSeconds = 0 };

    private static readonly PubMedAnswers Entrez = new(new Secrets());

    private static readonly string[] Names =
    [
        "E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8", "E9", "E10", "E11", "E12", "E13", "E14", "E15", "E16", "E17", "E18", "E19", "E20", "E21", "E22", "E23", "E24", "E25",
        "304", "403", "404", "414", "429", "500", "503", "batch", "drift", "flip", "late", "reset", "short", "stall",
    ];

    private static readonly string[] Endpoints = ["einfo", "esearch", "efetch", "studies", "study", "version"];

    public static TheoryData<string, string> Grid
    {
        get
        {
            var grid = new TheoryData<string, string>();
            foreach (var (name, endpoint) in from name in Names from endpoint in Endpoints select (name, endpoint))
            {
                grid.Add(name, endpoint);
            }

            return grid;
        }
    }

    [Theory]
    [MemberData(nameof(Grid))]
    public async Task A_fault_is_never_taken_for_the_answer(string name, string endpoint)
    {
        var gate = new FaultGate(FaultPlan.Scripted([$$"""{"fault":"{{name}}","endpoint":"{{endpoint}}","nth":2}"""], "rules"), Times, TimeProvider.System);
        var nights = new RecordedNights()
            .Full(First, Study("NCT90000001", posted: "2030-01-01"), Study("NCT90000002", posted: "2030-01-02"), Study("NCT90000003", posted: "2030-01-03"))
            .Update(First, Article(90000001), Article(90000002), Article(90000003));
        await using var standIn = await StandIn.StartAsync(nights, new RehearsalSettings { PubMedRequestsPerSecond = 500, Gates = [gate.PassAsync] });
        await using var client = new HttpUnderTest(name == "stall" ? Brief : Patient, "clinicaltrials");
        var (address, judge) = await AskedAsync(standIn, endpoint);
        var truth = await TruthAsync(standIn, endpoint, address);

        switch (Outcome(name, endpoint))
        {
            case AnswerClass.Permanent:
                var refused = await Assert.ThrowsAsync<AnswerRefusedException>(() => SendAsync());
                Assert.Equal(AnswerClass.Permanent, refused.Verdict.Class);
                Assert.Equal(1, client.Http.Requests);
                break;
            case AnswerClass.Ok:
                await SendAsync();
                Assert.Equal(1, client.Http.Requests);
                break;
            default:
                var answer = await SendAsync();
                Assert.Equal(truth, Encoding.UTF8.GetString(answer.Body.Span));
                Assert.Equal(2, client.Http.Requests);
                break;
        }

        // The stand-in notes a call when it is over on its side, too.
        await Eventually.IsAsync(() => Task.FromResult(Faulty() > 0));
        Assert.Equal(1, Faulty());

        int Faulty() => standIn.Server.Log.Snapshot().Count(call => call.Endpoint == endpoint && call.Fault is not null);

        Task<Answer> SendAsync() => client.Http.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, address), judge, CancellationToken.None);
    }

    /// <summary>What the first try comes to; the rest passes. Ok: nothing is wrong with the answer itself, and only what surrounds it can tell.</summary>
    private static AnswerClass Outcome(string name, string endpoint) => (name, endpoint) switch
    {
        ("E5", "esearch") or ("E9" or "E10", "efetch") or ("E11", "einfo" or "esearch" or "efetch") => AnswerClass.Permanent,
        ("E22" or "414", _) => AnswerClass.Permanent,
        ("flip" or "batch", "studies") => AnswerClass.Permanent,
        ("404", "study") or ("drift", "studies" or "version") or ("late", _) => AnswerClass.Ok,
        // The reader asks again for what a set leaves out.
        ("E18", "efetch") => AnswerClass.Ok,
        _ => AnswerClass.Transient,
    };

    private static async Task<(Uri Address, AnswerClassifier Judge)> AskedAsync(StandIn standIn, string endpoint)
    {
        var (eutils, registry) = (standIn.Server.EUtilsAddress, standIn.Server.RegistryAddress);
        switch (endpoint)
        {
            case "einfo":
                return (new Uri(eutils, "einfo.fcgi?db=pubmed"), Entrez.Einfo);
            case "esearch":
                return (new Uri(eutils, "esearch.fcgi?db=pubmed&term=cells&retmax=9999"), answer => Entrez.Esearch(answer, 0, 9_999));
            case "efetch":
                return (new Uri(eutils, "efetch.fcgi?db=pubmed&id=90000001,90000002,90000003&retmode=xml"), Entrez.Efetch);
            case "study":
                return (new Uri(registry, "studies/NCT90000001"), RegistryAnswers.Study);
            case "version":
                return (new Uri(registry, "version"), RegistryAnswers.Version);
            default:
                var list = "studies?filter.ids=NCT90000001,NCT90000002,NCT90000003&pageSize=1&sort=StudyFirstPostDate:asc";
                // The first page, by which the request under test is the second: only then can the data flip.
                var token = (await standIn.JsonAsync(list)).GetProperty("nextPageToken").GetString();
                return (new Uri(registry, $"{list}&pageToken={token}"), RegistryAnswers.Studies);
        }
    }

    /// <summary>The answer without a fault, which is the first one; of a page the one that the token names.</summary>
    private static async Task<string> TruthAsync(StandIn standIn, string endpoint, Uri address)
    {
        if (endpoint == "studies")
        {
            await using var calm = await StandIn.StartAsync(new RecordedNights().Full(
                First, Study("NCT90000001", posted: "2030-01-01"), Study("NCT90000002", posted: "2030-01-02"), Study("NCT90000003", posted: "2030-01-03")));
            return await ReadAsync(calm, new Uri(calm.Server.RegistryAddress, $"studies{address.Query}"));
        }

        return await ReadAsync(standIn, address);
    }

    private static async Task<string> ReadAsync(StandIn standIn, Uri address)
    {
        using var answer = await standIn.SendAsync(new HttpRequestMessage(HttpMethod.Get, address));
        return await answer.Content.ReadAsStringAsync();
    }
}
