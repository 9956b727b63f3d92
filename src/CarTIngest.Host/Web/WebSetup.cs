using System.Net;
using System.Reflection;
using System.Threading.RateLimiting;
using CarTIngest.Host.People;
using Hangfire;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CarTIngest.Host.Web;

public static class WebSetup
{
    /// <summary>Bytes; the longest form there is has a few hundred.</summary>
    private const long LargestForm = 256 * 1024;

    private const int GuessesAMinute = 30;

    /// <summary>What pages need. <see cref="PeopleSetup.AddPeople"/> and a job storage come from elsewhere.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services, WebOptions web, PeopleOptions people, PageFrame frame)
    {
        services.TryAddSingleton<StartUp>();
        services.AddSingleton(provider => new Workers(provider.GetRequiredService<JobStorage>(), TimeProvider.System));
        services.AddSingleton(web).AddSingleton(frame).AddHttpContextAccessor().AddCookieKeys().AddRazorComponents();
        services.AddLogin(web, people, frame.Access);
        services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = LoginSetup.CookieName(web, "form");
            forms.Cookie.SecurePolicy = LoginSetup.SecurePolicy(web);
            forms.SuppressXFrameOptionsHeader = true;
        });
        services.AddRateLimiter(limiter =>
        {
            limiter.AddPolicy(GenuineForms.Guessing, context => RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress ?? IPAddress.None, _ => new FixedWindowRateLimiterOptions { PermitLimit = GuessesAMinute, Window = TimeSpan.FromMinutes(1) }));
            limiter.OnRejected = async (rejected, _) => await PageAnswer.Saying(StatusCodes.Status429TooManyRequests, "Too many attempts", "Too many attempts came from your network within a minute. Wait a minute, then try again.").ExecuteAsync(rejected.HttpContext);
        });
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestForm;
        });
        // Only a named proxy is believed; the address that a browser asked for comes from the settings, not from a header. With an empty list the framework would believe everybody.
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = web.Proxies.Count > 0 && frame.Access == PageAccess.ByLogin ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var proxy in web.Proxies)
            {
                if (IPAddress.TryParse(proxy, out var address))
                {
                    forwarded.KnownProxies.Add(address);
                }
                else
                {
                    forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
                }
            }
        });
        return services.ReadKeysWhenNeeded();
    }

    /// <summary>
    /// Pages, forms and dashboard, each for its roles; what is mapped beside them needs a login too, unless it says that it is open. Before anything is mapped, for it sets what every answer passes.
    /// </summary>
    public static void MapPages(this WebApplication app)
    {
        var web = app.Services.GetRequiredService<WebOptions>();
        var frame = app.Services.GetRequiredService<PageFrame>();
        app.UseForwardedHeaders();
        app.UseSafeAnswers(web);
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            // What draws pages draws one; that of the page that failed is spent.
            CreateScopeForErrors = true,
            ExceptionHandler = context => PageAnswer.Saying(
                StatusCodes.Status500InternalServerError, "This should not have happened", "The page could not be made; what is stored was not touched by that. The log says why. Please tell an operator.").ExecuteAsync(context),
        });
        app.UseRouting();
        app.UseStartGate(app.Services.GetRequiredService<StartUp>());
        if (frame.Demo)
        {
            app.UseDemoGate();
        }
        else
        {
            app.UseHttpsGate(web);
        }

        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        MapFile(app, "/style.css", "text/css; charset=utf-8");
        MapFile(app, "/icon.svg", "image/svg+xml");
        foreach (var page in frame.Demo ? PageList.InTheDemo : [.. PageList.ForPeople, .. PageList.ForEverybody])
        {
            var mapped = app.MapGet(page.Route, () => PageAnswer.Of(page.Component));
            _ = page.Roles.Count == 0 ? mapped.AllowAnonymous() : mapped.RequireAuthorization(policy => policy.RequireRole(page.Roles));
        }

        if (!frame.Demo)
        {
            app.MapEntry(app.Services.GetRequiredService<PeopleOptions>().OpenIdConnect);
            app.MapPeople();
            app.MapAccount();
        }

        app.MapDashboard();
        app.MapFallback(() => PageAnswer.Saying(StatusCodes.Status404NotFound, "There is no such page", "The address may be misspelt. The first page leads to all others."));
    }

    private static void MapFile(WebApplication app, string name, string type)
    {
        var bytes = Embedded(name[1..]);
        app.MapGet(name, (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-cache";
            return Results.Bytes(bytes, type, entityTag: new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))[..16]}\""));
        }).AllowAnonymous();
    }

    private static byte[] Embedded(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
