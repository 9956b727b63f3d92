namespace CarTIngest.Host.Alerts;

/// <summary>Section <c>Alerts:Webhook</c>: a second way for what cannot wait and for new studies, signed as Standard Webhooks 1.0.0 lays down.</summary>
public sealed record WebhookOptions
{
    private const string Mark = "whsec_";
    private const int ShortestKey = 24;
    private const int LongestKey = 64;

    /// <summary>https, or http to this machine; empty: none.</summary>
    public string Url { get; init; } = "";

    /// <summary>Secret: <c>whsec_</c> and 24 to 64 bytes in base64.</summary>
    public string Secret { get; init; } = "";

    /// <summary>Null where there is none.</summary>
    public Uri? Address => Uri.TryCreate(Url, UriKind.Absolute, out var address) ? address : null;

    internal IEnumerable<string> Faults() => Url.Length == 0 ? [] : new (bool Holds, string Rule)[]
    {
        (Address is { UserInfo: "", Fragment: "" } address && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback)), "Alerts:Webhook:Url is no https address (http is for this machine alone)."),
        (Key() is { Length: >= ShortestKey and <= LongestKey }, "Alerts:Webhook:Secret is whsec_ and 24 to 64 bytes in base64, as the receiver gives it."),
    }.Where(rule => !rule.Holds).Select(rule => rule.Rule);

    /// <returns>Null when it cannot be read.</returns>
    internal byte[]? Key()
    {
        var text = Secret.StartsWith(Mark, StringComparison.Ordinal) ? Secret[Mark.Length..] : Secret;
        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text, key, out var length) ? key[..length] : null;
    }

    /// <summary>No secret is ever written by mistake.</summary>
    public override string ToString() => Address?.Host ?? "none";
}
