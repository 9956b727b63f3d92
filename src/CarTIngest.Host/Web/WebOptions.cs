using System.Net;

namespace CarTIngest.Host.Web;

/// <summary>Section <c>Web</c>.</summary>
public sealed record WebOptions
{
    /// <summary>Addresses to listen on, parted by semicolons.</summary>
    /// <summary>Where the pages are seen from outside; nothing uses it before there is mail.</summary>
    public string? PublicAddress { get; init; }

    public string Urls { get; init; } = "http://127.0.0.1:5080";

    public IReadOnlyList<string> Addresses => Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Whether every address can be reached from this machine alone. Pages and dashboard are shown only then, for there is no login yet.</summary>
    public bool LoopbackOnly => Addresses.All(address => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback);

    public IReadOnlyList<string> Faults() =>
        [.. Addresses.Where(address => !BindingAddressIsRead(address)).Select(address => $"Web:Urls: '{address}' is no address to listen on; write http://127.0.0.1:5080.")];

    private static bool BindingAddressIsRead(string address)
    {
        // A wildcard host is an address to listen on and no Uri.
        var named = address.Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal);
        return Uri.TryCreate(named, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Port is > 0 and <= IPEndPoint.MaxPort || named.EndsWith(":0", StringComparison.Ordinal);
    }
}
