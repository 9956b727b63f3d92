using System.Reflection;
using CarTIngest.Host.Storage;
using Hangfire;

namespace CarTIngest.Host.Web;

internal static class WebSetup
{
    private static readonly byte[] Style = ReadStyle();

    /// <summary>Health for everyone; the status page and Hangfire's dashboard for this machine alone.</summary>
    public static void MapPages(this WebApplication app, WebOptions options, TimeZoneInfo zone)
    {
        app.Use(async (context, next) =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            await next(context);
        });
        app.MapHealth();
        if (!options.LoopbackOnly)
        {
            return;
        }

        app.MapGet("/style.css", () => Results.Bytes(Style, "text/css; charset=utf-8"));
        app.MapGet("/", async (HttpContext context, StoreStatus status, CancellationToken cancellationToken) =>
        {
            if (!LoopbackGate.IsOpenTo(context))
            {
                return Results.StatusCode(StatusCodes.Status403Forbidden);
            }

            context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
            context.Response.Headers.CacheControl = "no-store";
            return Results.Content(StatusPage.Render(await status.ReadAsync(14, cancellationToken), zone), "text/html; charset=utf-8");
        });
        app.MapHangfireDashboard("/hangfire", new DashboardOptions { Authorization = [new LoopbackGate()], DashboardTitle = "CarTIngest jobs", DisplayStorageConnectionString = false });
    }

    private static byte[] ReadStyle()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("style.css") ?? throw new InvalidOperationException("style.css is not in the assembly.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
