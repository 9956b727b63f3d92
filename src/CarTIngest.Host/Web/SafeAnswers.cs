namespace CarTIngest.Host.Web;

/// <summary>What every answer carries, whoever asks and however it ends.</summary>
internal static class SafeAnswers
{
    private const string OwnPages = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>The dashboard brings scripts of its own, and styles in attributes, which a bar of progress is made of; from elsewhere it takes nothing either.</summary>
    private const string Dashboard = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly string[] MayBeKept = ["text/css", "text/javascript", "application/javascript", "font/", "application/font", "image/"];

    private const string OneYear = "max-age=31536000";

    public static void UseSafeAnswers(this IApplicationBuilder app, WebOptions web) => app.Use((context, next) =>
    {
        // The dashboard moves the path on its way.
        var dashboard = context.Request.Path.StartsWithSegments(PageList.Dashboard, StringComparison.OrdinalIgnoreCase);
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = dashboard ? Dashboard : OwnPages;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
            // A message to a script that is not there.
            headers.Remove("blazor-enhanced-nav");
            if (web.IsSecure && context.Request.IsHttps)
            {
                headers.StrictTransportSecurity = OneYear;
            }

            // Style, script and type may be kept as long as they say; a page never, for it tells what only some may read.
            if (!MayBeKept.Any(kind => headers.ContentType.ToString().StartsWith(kind, StringComparison.OrdinalIgnoreCase)))
            {
                headers.CacheControl = "no-store";
            }

            return Task.CompletedTask;
        });
        return next(context);
    });
}
