namespace CarTIngest.Host.People;

/// <summary>Section <c>People</c>.</summary>
public sealed record PeopleOptions
{
    /// <summary>A shorter one could be guessed by who has the database.</summary>
    private const int ShortestKey = 32;

    /// <summary>Secret. What the keys of the cookies are sealed with in the store; the same for all web processes. Null: a file beside the database holds one.</summary>
    public string? CookieKey { get; init; }

    /// <summary>Section <c>People:OpenIdConnect</c>.</summary>
    public IdentityProvider OpenIdConnect { get; init; } = new();

    public IReadOnlyList<string> Faults() =>
    [
        .. CookieKey is { Length: > 0 and < ShortestKey } ? [$"People:CookieKey has {CookieKey.Length} characters; write at least {ShortestKey} that nobody can guess, for example by `openssl rand -base64 32`."] : Array.Empty<string>(),
        .. OpenIdConnect.Faults(),
    ];

    /// <summary>No secret is ever written by mistake.</summary>
    public override string ToString() => $"{OpenIdConnect}";
}
