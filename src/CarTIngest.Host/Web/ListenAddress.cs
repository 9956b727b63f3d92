namespace CarTIngest.Host.Web;

/// <summary>An address to listen on: plain http, a host or a wildcard in its place, a port, and nothing behind it.</summary>
internal static class ListenAddress
{
    /// <summary>Null for what is no such address. A wildcard, which no Uri can hold, is given as the address that means the same.</summary>
    public static Uri? Of(string written)
    {
        var named = written.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
        return Uri.TryCreate(named, UriKind.Absolute, out var uri) && uri is { Scheme: "http", PathAndQuery: "/", Fragment: "", UserInfo: "" } ? uri : null;
    }
}
