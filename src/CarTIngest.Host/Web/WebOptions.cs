namespace CarTIngest.Host.Web;

/// <summary>Section <c>Web</c>.</summary>
public sealed record WebOptions
{
    /// <summary>Addresses to listen on, parted by semicolons.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    /// <summary>Where the pages are seen from outside; nothing uses it before there is mail.</summary>
    public string? PublicAddress { get; init; }

    public IReadOnlyList<string> Addresses => Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Whether every address can be reached from this machine alone. Pages and dashboard are shown only then, for there is no login yet.</summary>
    public bool LoopbackOnly => Addresses.All(address => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback);

    public IReadOnlyList<string> Faults() => Addresses.Count == 0
        ? ["Web:Urls is empty; write http://127.0.0.1:5080."]
        : [.. Addresses.Where(address => !CanBeListenedOn(address)).Select(address => $"Web:Urls: '{address}' is no address to listen on; write http://127.0.0.1:5080. TLS is spoken by a proxy in front.")];

    private static bool CanBeListenedOn(string address)
    {
        // A wildcard host is an address to listen on and no Uri.
        var named = address.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
        // Port 0, any that is free, cannot be the same one on both addresses of localhost.
        return Uri.TryCreate(named, UriKind.Absolute, out var uri) && uri is { Scheme: "http", PathAndQuery: "/", Fragment: "", UserInfo: "" }
            && !(uri.Port == 0 && uri.HostNameType == UriHostNameType.Dns);
    }
}
