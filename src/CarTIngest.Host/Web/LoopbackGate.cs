using System.Net;

namespace CarTIngest.Host.Web;

/// <summary>
/// Lets in who sits at this machine: the connection is local, no proxy stands between, and the browser asked for a local name (so that a foreign page
/// that has its name resolved to 127.0.0.1 gets nothing).
/// </summary>
internal static class LoopbackGate
{
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    public static bool IsOpenTo(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && IsAskedDirectly(context);

    /// <summary>For the demo, which knows no login.</summary>
    public static void UseDemoGate(this IApplicationBuilder app) => app.Use((context, next) => IsOpenTo(context) || context.AsksAsProbe()
        ? next(context)
        : PageAnswer.Saying(StatusCodes.Status403Forbidden, "For this machine alone", "The demo is shown to who sits at this machine, without a proxy between.").ExecuteAsync(context));

    /// <summary>
    /// Passwords and cookies go over https alone, unless the browser is on this machine: it asked for a local name, and no proxy says that it stands between. That holds of a container's port, too, which is
    /// published to this machine.
    /// </summary>
    public static void UseHttpsGate(this IApplicationBuilder app, WebOptions web) => app.Use((context, next) => context.Request.IsHttps || context.AsksAsProbe() || (!web.IsSecure && IsAskedDirectly(context))
        ? next(context)
        : PageAnswer.Saying(StatusCodes.Status403Forbidden, "Only over https", web.IsSecure
            ? $"These pages are shown over https{(string.IsNullOrEmpty(web.PublicAddress) ? "" : $", at {web.PublicAddress}")}. For operators: the proxy in front must be named in Web:KnownProxies and say so by X-Forwarded-Proto."
            : $"Without https these pages are shown to a browser on their own machine alone, at {web.LinkTo}. For operators: for others put a proxy in front that speaks https, name it in Web:KnownProxies, and write its address as Web:PublicAddress.").ExecuteAsync(context));

    private static bool IsAskedDirectly(HttpContext context) => !ProxyHeaders.Any(context.Request.Headers.ContainsKey) && IsAskedByLocalName(context);

    private static bool IsAskedByLocalName(HttpContext context) =>
        context.Request.Host.Host is "localhost" || (IPAddress.TryParse(context.Request.Host.Host.Trim('[', ']'), out var host) && IPAddress.IsLoopback(host));
}
