using System.Text;
using CarTIngest.Rehearsal.Server;
using Microsoft.AspNetCore.Http;

namespace CarTIngest.Rehearsal.Faults;

/// <summary>What the machines in front of the services say.</summary>
internal static class EdgeFaults
{
    private const string Diagnostic =
        "<!DOCTYPE html>\n<html><head><title>NCBI - WWW Error 500 Diagnostic</title></head>\n<body><h1>Server Error</h1>\n"
        + "<p>Your request could not be processed due to a problem on our Web server. This could be a transient problem, please try the query again.</p></body></html>\n";

    private const string Page =
        "<!DOCTYPE html>\n<html lang=\"en\"><head><title>Error</title></head>\n<body><h1>There was a problem</h1><p>We are sorry, the page that you asked for cannot be shown.</p></body></html>\n";

    public static IReadOnlyList<Fault> All { get; } =
    [
        new("403", (call, _) => RehearsedAnswer.Html(StatusCodes.Status403Forbidden, "Forbidden").SendAsync(call.Context)) { Drawn = true },
        new("414", (call, _) => RehearsedAnswer.Html(StatusCodes.Status414UriTooLong, "Request-URI Too Large").SendAsync(call.Context)),
        new("500", (call, _) => RehearsedAnswer.Text(StatusCodes.Status500InternalServerError, "Internal Server Error").SendAsync(call.Context)) { Drawn = true },
        new("503", (call, _) => RehearsedAnswer.Html(StatusCodes.Status503ServiceUnavailable, "Service Unavailable").SendAsync(call.Context)) { Drawn = true },
        new("E12", (call, _) => Html(StatusCodes.Status500InternalServerError, Diagnostic).SendAsync(call.Context)) { Drawn = true },
        new("E13", (call, _) => GatewayAsync(call)) { Drawn = true },
        new("E15", (call, _) => Html(StatusCodes.Status200OK, Page).SendAsync(call.Context)) { Drawn = true },
        new("E22", (call, _) => RehearsedAnswer.Html(StatusCodes.Status414UriTooLong, "Request-URI Too Large").SendAsync(call.Context)),
    ];

    private static Task GatewayAsync(FaultCall call) => (call.Dice.Below(3) switch
    {
        0 => RehearsedAnswer.Html(StatusCodes.Status502BadGateway, "Bad Gateway"),
        1 => RehearsedAnswer.Html(StatusCodes.Status503ServiceUnavailable, "Service Temporarily Unavailable"),
        _ => RehearsedAnswer.Html(StatusCodes.Status504GatewayTimeout, "Gateway Time-out"),
    }).SendAsync(call.Context);

    private static RehearsedAnswer Html(int status, string page) => new(status, "text/html; charset=UTF-8", Encoding.UTF8.GetBytes(page));
}
