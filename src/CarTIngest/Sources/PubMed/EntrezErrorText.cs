using CarTIngest.Sources.Http;

namespace CarTIngest.Sources.PubMed;

/// <summary>
/// What the words of an ERROR mean, collected from other clients' reports. One prefix covers both outages and our own mistakes, so the particular
/// is looked for first. Blind spot: a new wording; under status 200 it counts as passing, under 400 as ours.
/// </summary>
internal static class EntrezErrorText
{
    /// <summary>The answer to a fetch whose ids all name nothing.</summary>
    public const string NoSuchId = "ID list is empty";

    private static readonly string[] Ours =
    [
        "cannot be larger than 9998",
        "out of acceptable range",
        "OUT OF RANGE",
        NoSuchId,
        "Mandatory parameter",
        "API key invalid",
        "API key not",
        "Empty term",
    ];

    private static readonly string[] Passing =
    [
        "Search Backend failed",
        "Search backend cannot",
        "proxy_stream",
        "PubOne",
        "External viewer error",
        "C++ Exception",
        "Invalid db name specified",
        "Can not retrieve DbInfo",
        "Couldn't resolve #",
        "Unable to open connection",
        "Unable to route request",
        "Database is not supported",
        "transient problem",
        "Proxy Error",
        "Bad Gateway",
        "Service Unavailable",
        "temporarily unavailable",
    ];

    /// <summary>Null where the words are not known.</summary>
    public static AnswerClass? Classify(string text) =>
        text.Contains("rate limit exceeded", StringComparison.OrdinalIgnoreCase) ? AnswerClass.Throttled
        : Array.Exists(Ours, words => text.Contains(words, StringComparison.OrdinalIgnoreCase)) ? AnswerClass.Permanent
        : Array.Exists(Passing, words => text.Contains(words, StringComparison.OrdinalIgnoreCase)) ? AnswerClass.Transient
        : null;
}
