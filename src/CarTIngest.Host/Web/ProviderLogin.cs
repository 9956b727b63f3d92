using System.Security.Claims;
using CarTIngest.Host.People;
using CarTIngest.Host.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CarTIngest.Host.Web;

/// <summary>
/// Login at another provider by OpenID Connect (code flow with PKCE). It proves an e-mail; who that is, and what they may do, is ours. Nobody gets an account by it.
/// </summary>
internal static class ProviderLogin
{
    private const string Callback = "/login/provider/back";

    public static void AddProvider(this AuthenticationBuilder authentication, IdentityProvider provider, WebOptions web) =>
        authentication.AddOpenIdConnect(IdentityProvider.Scheme, provider.Name, options =>
        {
            options.Authority = provider.Authority;
            options.ClientId = provider.ClientId;
            options.ClientSecret = provider.ClientSecret;
            options.RequireHttpsMetadata = provider.Authority!.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
            options.ResponseType = OpenIdConnectResponseType.Code;
            // By the address line: the browser brings the cookies of the way out along.
            options.ResponseMode = OpenIdConnectResponseMode.Query;
            options.UsePkce = true;
            options.MapInboundClaims = false;
            options.SaveTokens = false;
            options.SignInScheme = Session.Scheme;
            options.CallbackPath = Callback;
            options.Scope.Clear();
            options.Scope.Add("openid");
            options.Scope.Add("email");
            foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie })
            {
                cookie.SameSite = SameSiteMode.Lax;
                cookie.SecurePolicy = LoginSetup.SecurePolicy(web);
            }

            options.Events = new OpenIdConnectEvents
            {
                OnRedirectToIdentityProvider = context =>
                {
                    if (!string.IsNullOrEmpty(web.PublicAddress))
                    {
                        context.ProtocolMessage.RedirectUri = web.LinkTo + Callback;
                    }

                    return Task.CompletedTask;
                },
                OnTicketReceived = AdmitAsync,
                OnRemoteFailure = context =>
                {
                    Refuse(context);
                    return Task.CompletedTask;
                },
            };
        });

    private static async Task AdmitAsync(TicketReceivedContext context)
    {
        var proven = context.Principal;
        var email = string.Equals(proven?.FindFirstValue("email_verified"), "true", StringComparison.OrdinalIgnoreCase) ? proven!.FindFirstValue("email") : null;
        var store = context.HttpContext.RequestServices.GetRequiredService<StoreContext>();
        var normalized = email?.ToUpperInvariant();
        var account = normalized is null ? null : await store.Accounts.AsNoTracking().SingleOrDefaultAsync(row => row.NormalizedEmail == normalized, context.HttpContext.RequestAborted);
        if (account is null || account.IsLocked)
        {
            Refuse(context);
            return;
        }

        await Session.BeginAsync(context.HttpContext, account);
        context.Response.Redirect(LocalAddress.Of(context.ReturnUri));
        context.HandleResponse();
    }

    private static void Refuse<T>(HandleRequestContext<T> context)
        where T : AuthenticationSchemeOptions
    {
        context.Response.Redirect($"/login?says={Pages.Login.ByProvider}");
        context.HandleResponse();
    }
}
