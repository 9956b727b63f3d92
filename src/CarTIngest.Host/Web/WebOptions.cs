namespace CarTIngest.Host.Web;

/// <summary>Section <c>Web</c>.</summary>
public sealed record WebOptions
{
    /// <summary>Addresses to listen on, parted by semicolons.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    /// <summary>Where the pages are seen from outside, for links in mails; empty: nowhere.</summary>
    public string? PublicAddress { get; init; }

    /// <summary>That address with a slash at its end, so that pages are found below it; null where there is none.</summary>
    public Uri? SeenFrom => Uri.TryCreate(PublicAddress is { Length: > 0 } text && !text.EndsWith('/') ? $"{text}/" : PublicAddress, UriKind.Absolute, out var uri) ? uri : null;

    public IReadOnlyList<string> Addresses => Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Whether every address can be reached from this machine alone. Pages and dashboard are shown only then, for there is no login yet.</summary>
    public bool LoopbackOnly => Addresses.All(address => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback);

    public IReadOnlyList<string> Faults() =>
    [
        .. Addresses.Count == 0
            ? ["Web:Urls is empty; write http://127.0.0.1:5080."]
            : Addresses.Where(address => !CanBeListenedOn(address)).Select(address => $"Web:Urls: '{address}' is no address to listen on; write http://127.0.0.1:5080. TLS is spoken by a proxy in front."),
        .. string.IsNullOrEmpty(PublicAddress) || SeenFrom is { Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" }
            ? Array.Empty<string>()
            : [$"Web:PublicAddress is '{PublicAddress}'; write where the pages are seen from outside, such as https://review.hospital.example."],
    ];

    private static bool CanBeListenedOn(string address)
    {
        // A wildcard host is an address to listen on and no Uri.
        var named = address.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
        // Port 0, any that is free, cannot be the same one on both addresses of localhost.
        return Uri.TryCreate(named, UriKind.Absolute, out var uri) && uri is { Scheme: "http", PathAndQuery: "/", Fragment: "", UserInfo: "" }
            && !(uri.Port == 0 && uri.HostNameType == UriHostNameType.Dns);
    }
}
