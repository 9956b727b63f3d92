using System.Text;
using System.Text.Json;
using CarTIngest.Rehearsal.EUtils;
using CarTIngest.Rehearsal.Server;
using Microsoft.AspNetCore.Http;

namespace CarTIngest.Rehearsal.Faults;

/// <summary>How the E-utilities fail in words of their own, most of them under status 200.</summary>
internal static class EntrezFaults
{
    private const string Backend = "Search Backend failed: ";

    public static readonly string[] EUtilities = [EndpointNames.EInfo, EndpointNames.ESearch, EndpointNames.EFetch, EndpointNames.ELink, EndpointNames.EPost];

    public static IReadOnlyList<Fault> All { get; } =
    [
        new("E1", (call, _) => TooFastAsync(call)) { Endpoints = EUtilities, Nearest = "429", Drawn = true },
        Says("E2", Backend + "Database is not supported: pubmed") with { Drawn = true },
        Says("E3", Backend + "Unable to open connection to #PMQuerySrv?dbaf=pubmed") with { Drawn = true },
        Says("E4", Backend + "Exception: 502 Proxy Error") with { Nearest = "E13", Drawn = true },
        Says(
            "E5",
            Backend + "Exception:\n'retstart' cannot be larger than 9998. For PubMed, ESearch can only retrieve the first 9,999 records matching the query. "
            + "To obtain more than 9,999 PubMed records, consider using EDirect") with { Endpoints = [EndpointNames.ESearch], Nearest = "500" },
        Says("E6", "Invalid db name specified: pubmed"),
        Says("E7", " Error: External viewer error: Empty Response. Bytes read: 0 Status: Timeout") with { Endpoints = [EndpointNames.EFetch], Nearest = "E2", Drawn = true },
        Refuses(
            "E8",
            "Error: proxy_stream(): status 502 <html><head><title>502 Bad Gateway</title></head></html>: Failed to connect to PubOne service") with { Nearest = "E12", Drawn = true },
        Refuses("E9", "ID list is empty! Possibly it has no correct IDs."),
        Refuses("E10", "Cannot retrieve history data: OUT OF RANGE. Parameter retstart=1 + 1 is greater than number of records available in history. History includes 1 IDs."),
        new("E11", (call, _) => EntrezAnswers.MissingDb().SendAsync(call.Context)) { Endpoints = EUtilities, Nearest = "500" },
        new("E14", (call, _) => UnroutedAsync(call)) { Endpoints = EUtilities, Drawn = true },
        Says("E23", "NCBI C++ Exception:\n    Error: TXCLIENT(CException::eUnknown) \"pubmed.cpp\", line 219: --- Read failed: EOF (the other side has unexpectedly closed connection)") with { Drawn = true },
    ];

    private static Fault Says(string name, string error) =>
        new(name, (call, _) => EntrezAnswers.Error(call.Request.Endpoint, error).SendAsync(call.Context)) { Endpoints = EUtilities, Nearest = "500" };

    private static Fault Refuses(string name, string error) =>
        new(name, (call, _) => EntrezAnswers.EFetchError(error).SendAsync(call.Context)) { Endpoints = [EndpointNames.EFetch], Nearest = "500" };

    // Both shapes are on record; the longer one echoes the key of the caller, or its address.
    private static Task TooFastAsync(FaultCall call)
    {
        var body = new Dictionary<string, string> { ["error"] = "API rate limit exceeded", ["count"] = "11" };
        if (call.Dice.Below(2) == 0)
        {
            body = new() { ["error"] = "API rate limit exceeded", ["api-key"] = call.Parameters["api_key"] ?? "127.0.0.1", ["count"] = "4", ["limit"] = "3" };
        }

        return call.TooFast(new RehearsedAnswer(StatusCodes.Status429TooManyRequests, "application/json", JsonSerializer.SerializeToUtf8Bytes(body))).SendAsync(call.Context);
    }

    // Under which status it came is not on record.
    private static Task UnroutedAsync(FaultCall call) => new RehearsedAnswer(
        call.Dice.Below(2) == 0 ? StatusCodes.Status200OK : StatusCodes.Status502BadGateway,
        "text/plain",
        Encoding.UTF8.GetBytes("Unable to route request!\n\nservice name: /http/service/ratecontrol\ndtab:\n")).SendAsync(call.Context);
}
