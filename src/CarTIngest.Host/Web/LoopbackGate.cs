using System.Net;
using Hangfire.Dashboard;

namespace CarTIngest.Host.Web;

/// <summary>
/// Lets in who sits at this machine: the connection is local, no proxy stands between, and the browser asked for a local name (so that a foreign page
/// that has its name resolved to 127.0.0.1 gets nothing).
/// </summary>
internal sealed class LoopbackGate : IDashboardAuthorizationFilter
{
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    public bool Authorize(DashboardContext context) => IsOpenTo(context.GetHttpContext());

    public static bool IsOpenTo(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && !ProxyHeaders.Any(context.Request.Headers.ContainsKey)
        && (context.Request.Host.Host is "localhost" || (IPAddress.TryParse(context.Request.Host.Host.Trim('[', ']'), out var host) && IPAddress.IsLoopback(host)));
}
