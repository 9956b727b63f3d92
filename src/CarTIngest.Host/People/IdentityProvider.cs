namespace CarTIngest.Host.People;

/// <summary>Where people may also log in, by OpenID Connect: only those who have an account here already, found by the e-mail that the provider has verified.</summary>
public sealed record IdentityProvider
{
    /// <summary>Of the authentication scheme, and of the address to which the provider sends people back.</summary>
    public const string Scheme = "OpenIdConnect";

    /// <summary>Null: nobody logs in elsewhere.</summary>
    public string? Authority { get; init; }

    public string ClientId { get; init; } = "";

    /// <summary>Secret.</summary>
    public string ClientSecret { get; init; } = "";

    /// <summary>As the button names it.</summary>
    public string Name { get; init; } = "your institution";

    public bool IsSet => !string.IsNullOrEmpty(Authority);

    public IReadOnlyList<string> Faults() => !IsSet ? [] :
    [
        .. Uri.TryCreate(Authority, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? Array.Empty<string>()
            : [$"People:OpenIdConnect:Authority is '{Authority}'; write the provider's https address."],
        .. ClientId.Length > 0 ? Array.Empty<string>() : ["People:OpenIdConnect:ClientId is empty; the provider gives one."],
        .. ClientSecret.Length > 0 ? Array.Empty<string>() : ["People:OpenIdConnect:ClientSecret is empty; the provider gives one (People__OpenIdConnect__ClientSecret_FILE names a file that holds it)."],
    ];

    /// <summary>No secret is ever written by mistake.</summary>
    public override string ToString() => IsSet ? $"{Name} ({Authority})" : "none";
}
