namespace CarTIngest.Host.Web;

/// <summary>
/// While the store is brought up to date a supervisor is answered and nobody else: an upgrade may take minutes, and a process that refused connections for so long would be killed in it.
/// </summary>
internal static class StartGate
{
    private const string Seconds = "10";

    /// <summary>After routing, and before anything that asks the store.</summary>
    public static void UseStartGate(this IApplicationBuilder app, StartUp start) => app.Use((context, next) =>
    {
        if (start.IsDone)
        {
            return next(context);
        }

        // Who it belongs to stands in the store, as do the keys that open it.
        context.Request.Headers.Remove("Cookie");
        if (context.AsksAsProbe())
        {
            return next(context);
        }

        context.Response.Headers.RetryAfter = Seconds;
        return PageAnswer.Saying(StatusCodes.Status503ServiceUnavailable, "The store is being brought up to date", "A new version has started, and the pages open when the store is as it needs it: mostly within seconds, after a large upgrade within minutes. Nothing is lost meanwhile. Load the page again.").ExecuteAsync(context);
    });
}
