using System.Net.Http.Headers;
using CarTIngest.Rehearsal.Faults;
using CarTIngest.Rehearsal.Server;

namespace CarTIngest.Tests.Rehearsal.Faults.Grid;

/// <summary>The kinds of faults that the stand-in knows, in words, and where each is given.</summary>
internal static class GridKinds
{
    public static readonly string[] Endpoints = ["einfo", "esearch", "efetch", "version", "studies", "study"];

    public static readonly IReadOnlyDictionary<string, string> Words = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["E1"] = "429 with its JSON body and Retry-After",
        ["E2"] = "200, `Database is not supported: pubmed`",
        ["E3"] = "200, `Unable to open connection to #PMQuerySrv`",
        ["E4"] = "200, `Exception: 502 Proxy Error`",
        ["E5"] = "200, `'retstart' cannot be larger than 9998`",
        ["E6"] = "200, `Invalid db name specified: pubmed`",
        ["E7"] = "200, `External viewer error: Empty Response`",
        ["E8"] = "400 that relays a `proxy_stream()` 502",
        ["E9"] = "400, `ID list is empty!`",
        ["E10"] = "400, `Cannot retrieve history data: OUT OF RANGE`",
        ["E11"] = "400 in plain text, `Mandatory parameter: db`",
        ["E12"] = "500, an HTML diagnostic page",
        ["E13"] = "502, 503 or 504 of a gateway",
        ["E14"] = "`Unable to route request!` in plain text",
        ["E15"] = "200, an HTML page",
        ["E16"] = "200, nothing, or a prolog alone",
        ["E17"] = "200, a chunked body cut in half",
        ["E18"] = "200, fewer articles than asked for",
        ["E19"] = "200, a character that XML forbids",
        ["E20"] = "200, a count with too few ids",
        ["E21"] = "200, no history where one was asked for",
        ["E22"] = "414, as for too long an address",
        ["E23"] = "200, a C++ exception as text",
        ["E24"] = "200, two documents in one body",
        ["E25"] = "no connection",
        ["304"] = "304 with nothing in it",
        ["403"] = "403, an HTML page of the edge",
        ["404"] = "404, `NCT number … not found`",
        ["414"] = "414, an HTML page of the edge",
        ["429"] = "429 with Retry-After",
        ["500"] = "500 in plain text",
        ["503"] = "503, an HTML page",
        ["batch"] = "400, `filter.ids` has incorrect format",
        ["drift"] = "the data move without a word: a row is gone, the version later",
        ["flip"] = "400, `The data have probably changed`",
        ["late"] = "a good answer, late",
        ["reset"] = "the connection is reset",
        ["short"] = "200, a body shorter than its length",
        ["stall"] = "an answer after the client's patience",
    };

    /// <summary>All that the stand-in knows, by its own word.</summary>
    public static IReadOnlyList<string> Known()
    {
        var says = Assert.Throws<UnreadableFaultsException>(() => FaultPlan.Scripted(["""{"fault":"none","endpoint":"einfo","nth":1}"""], "rules")).Message;
        return says[(says.IndexOf("one of ", StringComparison.Ordinal) + "one of ".Length)..].TrimEnd('.').Split(", ");
    }

    /// <summary>Whether a kind is given at an endpoint as itself; where it makes no sense the nearest other one is.</summary>
    public static async Task<bool> IsGivenAtAsync(string kind, string endpoint)
    {
        var times = new FaultTimes { Stall = TimeSpan.FromMilliseconds(1), Late = TimeSpan.FromMilliseconds(1), RetryAfterSeconds = 0 };
        var gate = new FaultGate(FaultPlan.Scripted([$$"""{"fault":"{{kind}}","endpoint":"{{endpoint}}","nth":1}"""], "rules"), times, TimeProvider.System);
        await using var standIn = await StandIn.StartAsync(
            new RecordedNights().Full(RecordedNights.First, RecordedNights.Study("NCT90000001")).Update(RecordedNights.First, RecordedNights.Article(1), RecordedNights.Article(2)), new RehearsalSettings { Gates = [gate.PassAsync] });
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoint switch
        {
            "version" => new Uri(standIn.Server.RegistryAddress, "version"),
            "studies" => new Uri(standIn.Server.RegistryAddress, "studies?filter.ids=NCT90000001&pageToken=x"),
            "study" => new Uri(standIn.Server.RegistryAddress, "studies/NCT90000001"),
            _ => new Uri(standIn.Server.EUtilsAddress, $"{endpoint}.fcgi?db=pubmed&term=x&id=1,2"),
        });
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var answer = await standIn.SendAsync(request);
        }
        catch (HttpRequestException)
        {
            // That is what some of them are.
        }

        while (standIn.Server.Log.Snapshot().Count == 0)
        {
            await Task.Delay(1);
        }

        return standIn.Server.Log.Snapshot()[0].Fault == kind;
    }
}
