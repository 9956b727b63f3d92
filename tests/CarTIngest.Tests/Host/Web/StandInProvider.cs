using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CarTIngest.Tests.Host.Web;

/// <summary>A provider of OpenID Connect on loopback: discovery, keys, authorisation and token. It lets in whoever it is told to.</summary>
internal sealed class StandInProvider : IAsyncDisposable
{
    public const string ClientId = "cartingest";
    public const string ClientSecret = "a planted client secret";

    private readonly WebApplication app;
    private readonly RSA rsa = RSA.Create(2048);
    private string nonce = "";
    private string challenge = "";

    private StandInProvider(WebApplication app) => this.app = app;

    public string Authority => app.Urls.Single();

    public string Email { get; set; } = "";

    public bool Verified { get; set; } = true;

    /// <summary>Whether the secret and the proof of the code came as they must.</summary>
    public bool WasAskedRightly { get; private set; }

    public static async Task<StandInProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var provider = new StandInProvider(builder.Build());
        provider.Map();
        await provider.app.StartAsync();
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        rsa.Dispose();
    }

    private void Map()
    {
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = Authority,
            ["authorization_endpoint"] = $"{Authority}/authorize",
            ["token_endpoint"] = $"{Authority}/token",
            ["jwks_uri"] = $"{Authority}/keys",
            ["response_types_supported"] = new[] { "code" },
            ["subject_types_supported"] = new[] { "public" },
            ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
        }));
        app.MapGet("/keys", () =>
        {
            var key = rsa.ExportParameters(includePrivateParameters: false);
            return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", kid = "1", alg = "RS256", n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) } } });
        });
        app.MapGet("/authorize", (HttpContext context) =>
        {
            var asked = context.Request.Query;
            (nonce, challenge) = (asked["nonce"].ToString(), asked["code_challenge"].ToString());
            return Results.Redirect($"{asked["redirect_uri"]}?code=once&state={Uri.EscapeDataString(asked["state"].ToString())}");
        });
        app.MapPost("/token", async (HttpContext context) =>
        {
            var form = await context.Request.ReadFormAsync();
            WasAskedRightly = form["client_secret"] == ClientSecret && form["code"] == "once"
                && Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) == challenge;
            return Results.Json(new { access_token = "x", token_type = "Bearer", expires_in = 300, id_token = IdToken() });
        });
    }

    private string IdToken() => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Authority,
        Audience = ClientId,
        Subject = new ClaimsIdentity([new("sub", "7"), new("nonce", nonce), new("email", Email), new("email_verified", Verified ? "true" : "false", ClaimValueTypes.Boolean)]),
        SigningCredentials = new SigningCredentials(new RsaSecurityKey(rsa) { KeyId = "1" }, SecurityAlgorithms.RsaSha256),
    });
}
