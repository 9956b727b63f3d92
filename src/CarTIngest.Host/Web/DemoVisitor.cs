using System.Security.Claims;
using System.Text.Encodings.Web;
using CarTIngest.Host.Storage.Model;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CarTIngest.Host.Web;

/// <summary>Whoever passes <see cref="LoopbackGate"/> in the demo: may see all and start jobs, and has no account.</summary>
internal sealed class DemoVisitor(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public new const string Scheme = "Demo";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(LoopbackGate.IsOpenTo(Context)
        ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Role, Role.Reader), new(ClaimTypes.Role, Role.Operator)], Scheme)), Scheme))
        : AuthenticateResult.NoResult());
}
