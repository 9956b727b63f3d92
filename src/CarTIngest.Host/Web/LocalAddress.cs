namespace CarTIngest.Host.Web;

/// <summary>Where to go after a login: a page of this service, whatever the address asks for.</summary>
internal static class LocalAddress
{
    public const string Parameter = "then";

    /// <summary>The first page in place of what leads elsewhere: another host, written in any of the ways that browsers understand.</summary>
    public static string Of(string? asked) =>
        asked is ['/', ..] && asked is not ['/', '/' or '\\', ..] && !asked.Any(sign => char.IsControl(sign) || sign == '\\') ? asked : "/";
}
