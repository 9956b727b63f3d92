using System.Net;

namespace CarTIngest.Host.Web;

/// <summary>Section <c>Web</c>.</summary>
public sealed record WebOptions
{
    /// <summary>Addresses to listen on, parted by semicolons.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    /// <summary>Where the pages are seen from outside, for links in mails and invitations. Behind a proxy the https address that people write.</summary>
    public string? PublicAddress { get; init; }

    /// <summary>That address with a slash at its end, so that pages are found below it; null where there is none.</summary>
    public Uri? SeenFrom => string.IsNullOrEmpty(PublicAddress) ? null : Uri.TryCreate($"{PublicAddress.TrimEnd('/')}/", UriKind.Absolute, out var uri) ? uri : null;

    /// <summary>Proxies whose word on who asks, and by https, is believed: addresses or networks (10.0.0.0/8), parted by semicolons. Empty: nobody's.</summary>
    public string KnownProxies { get; init; } = "";

    public IReadOnlyList<string> Addresses => Parts(Urls);

    public IReadOnlyList<string> Proxies => Parts(KnownProxies);

    /// <summary>Whether every address can be reached from this machine alone.</summary>
    public bool LoopbackOnly => Addresses.All(address => ListenAddress.Of(address) is { IsLoopback: true });

    /// <summary>
    /// Whether pages are shown over https alone; plain http is for a browser on this machine. Within a container every address is listened on, and only <see cref="PublicAddress"/> says that
    /// the port is published to this machine alone. It cannot prove it: see <see cref="LoopbackGate.UseHttpsGate"/>.
    /// </summary>
    public bool IsSecure => SeenFrom is { } address ? address.Scheme == Uri.UriSchemeHttps : !LoopbackOnly;

    /// <summary>What a link begins with, without a slash at its end: the public address, or this machine's own that is listened on. Empty where nobody said: what is listened on is not where others go.</summary>
    public string LinkTo => !string.IsNullOrEmpty(PublicAddress) ? PublicAddress.TrimEnd('/') : LoopbackOnly ? Addresses[0].TrimEnd('/') : "";

    /// <summary>The link that is handed over, a path alone where <see cref="LinkTo"/> is empty. Proxies write its code into their logs; it works once, and for seven days.</summary>
    public string InvitationTo(string code) => $"{LinkTo}/invite?{Pages.Invitation.Code}={code}";

    public IReadOnlyList<string> Faults() => Addresses.Count == 0
        ? ["Web:Urls is empty; write http://127.0.0.1:5080."]
        :
        [
            .. Addresses.Where(address => !CanBeListenedOn(address)).Select(address => $"Web:Urls: '{address}' is no address to listen on; write http://127.0.0.1:5080. TLS is spoken by a proxy in front."),
            .. string.IsNullOrEmpty(PublicAddress) || IsPublic(SeenFrom) ? Array.Empty<string>() : [$"Web:PublicAddress is '{PublicAddress}'; write the https address that people write, such as https://cartingest.hospital.example (http on this machine alone)."],
            .. Proxies.Where(proxy => !IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _)).Select(proxy => $"Web:KnownProxies: '{proxy}' is neither an address nor a network; write 10.0.0.7 or 10.0.0.0/24."),
        ];

    private static bool IsPublic(Uri? address) => address is { PathAndQuery: "/", Fragment: "", UserInfo: "" } && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    private static string[] Parts(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Port 0, any that is free, cannot be the same one on both addresses of localhost.</summary>
    private static bool CanBeListenedOn(string address) => ListenAddress.Of(address) is { } uri && !(uri.Port == 0 && uri.HostNameType == UriHostNameType.Dns);
}
