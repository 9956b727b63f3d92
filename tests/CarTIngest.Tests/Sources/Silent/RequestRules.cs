using System.Globalization;
using CarTIngest.Tests.Rehearsal.Faults.Grid;

namespace CarTIngest.Tests.Sources.Silent;

/// <summary>What no request may be, for the services answer it with an error, or worse: with something else than was meant.</summary>
internal static class RequestRules
{
    /// <summary>Longer addresses are cut or refused on some ways; the services' own limits lie higher.</summary>
    public const int LongestAddress = 2_000;

    private static readonly string[] EUtilities = ["einfo", "esearch", "efetch", "elink"];
    private static readonly string[] Registry = ["version", "studies", "study"];

    /// <summary>One sentence a breach, with the number of the failure that it would bring.</summary>
    public static IEnumerable<string> Breaches(IEnumerable<AskedRequest> asked) => asked.SelectMany(request => Breaches(request).Select(says => $"{says}: {request.Method} {request.Endpoint} {string.Join('&', request.Form.Select(pair => $"{pair.Key}={pair.Value}"))}"));

    private static IEnumerable<string> Breaches(AskedRequest request)
    {
        if (EUtilities.Contains(request.Endpoint))
        {
            return OfEUtilities(request);
        }

        return Registry.Contains(request.Endpoint) ? OfRegistry(request) : ["E0 asks an endpoint that neither service has"];
    }

    private static IEnumerable<string> OfEUtilities(AskedRequest request)
    {
        if (Number(request["retstart"]) > 9_998 || Number(request["retmax"]) > 9_999)
        {
            yield return "E5 asks beyond what one search lists";
        }

        if (request.Endpoint is "efetch" or "elink" && (request["id"] is not { Length: > 0 } ids || ids.Split(',').Any(id => !long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)))
        {
            yield return "E9 asks for no id, or for what is none";
        }

        if (new[] { "usehistory", "WebEnv", "query_key" }.Any(request.Form.ContainsKey) || (request.Endpoint == "efetch" && request["retstart"] is not null))
        {
            yield return "E10 E21 relies on a history";
        }

        if (request["db"] != "pubmed")
        {
            yield return "E11 names no database";
        }

        if (request.Method != "POST" || request.Target.Contains('?', StringComparison.Ordinal))
        {
            yield return "E22 writes its parameters into the address";
        }

        if (request.Endpoint == "esearch" && string.IsNullOrWhiteSpace(request["term"]))
        {
            yield return "E5 searches for nothing";
        }
    }

    private static IEnumerable<string> OfRegistry(AskedRequest request)
    {
        if (request.Method != "GET" || request.Target.Length > LongestAddress)
        {
            yield return "E22 R3 makes an address of more than 2,000 characters";
        }

        if (request.Conditional)
        {
            yield return "R7 asks for an answer only if something changed";
        }

        if (request.Form.ContainsKey("filter.ids") && request["filter.ids"] is not { Length: > 0 })
        {
            yield return "R5 asks for no id";
        }
    }

    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
