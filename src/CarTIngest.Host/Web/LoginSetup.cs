using CarTIngest.Host.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;

namespace CarTIngest.Host.Web;

/// <summary>How it is known who asks: by the session's cookie, in the demo by sitting at the machine.</summary>
internal static class LoginSetup
{
    public static void AddLogin(this IServiceCollection services, WebOptions web, PeopleOptions people, PageAccess access)
    {
        // What nobody thought of needs a login.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        if (access == PageAccess.DemoOnLoopback)
        {
            services.AddAuthentication(DemoVisitor.Scheme).AddScheme<AuthenticationSchemeOptions, DemoVisitor>(DemoVisitor.Scheme, configureOptions: null);
            return;
        }

        var authentication = services.AddAuthentication(Session.Scheme).AddCookie(Session.Scheme, cookie =>
        {
            cookie.Cookie.Name = CookieName(web, "session");
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = SecurePolicy(web);
            cookie.Cookie.Path = "/";
            cookie.ExpireTimeSpan = Session.Idle;
            cookie.SlidingExpiration = true;
            cookie.LoginPath = "/login";
            cookie.ReturnUrlParameter = LocalAddress.Parameter;
            cookie.Events = new CookieAuthenticationEvents
            {
                OnValidatePrincipal = Session.CheckAsync,
                OnRedirectToLogin = ToLogin,
                OnRedirectToAccessDenied = context => PageAnswer.Saying(StatusCodes.Status403Forbidden, "Not for your roles", "Your account does not have the role that this page needs. The lead or an operator of your team gives roles.").ExecuteAsync(context.HttpContext),
            };
        });
        if (people.OpenIdConnect.IsSet)
        {
            authentication.AddProvider(people.OpenIdConnect, web);
        }
    }

    /// <summary>Browsers take a name with this beginning only over https, for the whole host, from the host itself.</summary>
    public static string CookieName(WebOptions web, string what) => $"{(web.IsSecure ? "__Host-" : "")}cartingest-{what}";

    public static CookieSecurePolicy SecurePolicy(WebOptions web) => web.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;

    /// <summary>What was a page is come back to. A form is not: its person is told. A script is told by the status alone.</summary>
    private static Task ToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        if (request.Headers.XRequestedWith == "XMLHttpRequest")
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        if (!HttpMethods.IsGet(request.Method))
        {
            return PageAnswer.Of<Pages.Sentence>(
                StatusCodes.Status401Unauthorized, ("Title", "Log in again"), ("Says", "Your session has ended; nothing was changed. Log in, then fill the form in once more."), ("Link", "/login"), ("LinkSays", "Log in")).ExecuteAsync(context.HttpContext);
        }

        context.Response.Redirect(request.Path == "/" && !request.QueryString.HasValue ? "/login" : $"/login?{LocalAddress.Parameter}={Uri.EscapeDataString(request.Path + request.QueryString)}");
        return Task.CompletedTask;
    }
}
