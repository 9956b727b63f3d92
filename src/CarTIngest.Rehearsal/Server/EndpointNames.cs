namespace CarTIngest.Rehearsal.Server;

/// <summary>The names under which requests are counted, logged and disturbed.</summary>
public static class EndpointNames
{
    public const string EInfo = "einfo";
    public const string ESearch = "esearch";
    public const string EFetch = "efetch";
    public const string ELink = "elink";
    public const string EPost = "epost";
    public const string Studies = "studies";
    public const string Study = "study";
    public const string Version = "version";
    public const string Size = "size";

    /// <summary>An address that neither service has.</summary>
    public const string Unknown = "unknown";

    internal const string EUtilsRoot = "/entrez/eutils/";
    internal const string RegistryRoot = "/api/v2/";

    internal static bool IsEUtilities(string path) => path.StartsWith(EUtilsRoot, StringComparison.Ordinal);

    internal static string Of(string path)
    {
        if (IsEUtilities(path))
        {
            return path[EUtilsRoot.Length..] switch
            {
                "einfo.fcgi" => EInfo,
                "esearch.fcgi" => ESearch,
                "efetch.fcgi" => EFetch,
                "elink.fcgi" => ELink,
                "epost.fcgi" => EPost,
                _ => Unknown,
            };
        }

        return !path.StartsWith(RegistryRoot, StringComparison.Ordinal) ? Unknown : path[RegistryRoot.Length..] switch
        {
            "version" => Version,
            "studies" => Studies,
            "stats/size" => Size,
            ['s', 't', 'u', 'd', 'i', 'e', 's', '/', _, ..] => Study,
            _ => Unknown,
        };
    }
}
