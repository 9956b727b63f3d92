using System.Net;

namespace CarTIngest.Host.Alerts;

/// <summary>Section <c>Alerts:Smtp</c>.</summary>
public sealed record SmtpOptions
{
    private const int LongestWait = 90;

    public string Host { get; init; } = "";

    public int Port { get; init; } = 587;

    /// <summary>StartTls | Tls | None.</summary>
    public SmtpSecurity Security { get; init; } = SmtpSecurity.StartTls;

    /// <summary>Empty: nobody signs in.</summary>
    public string User { get; init; } = "";

    /// <summary>Secret.</summary>
    public string Password { get; init; } = "";

    /// <summary>Whom mails come from, also those in the spool.</summary>
    public string From { get; init; } = "";

    /// <summary>Seconds for each question to the server. Of at most six before a message is given and of five after that, so that a hand-over ends within its term.</summary>
    public int TimeoutSeconds { get; init; } = 60;

    private bool IsLocal => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <param name="isUsed">Whether mails go this way; else only what is written is looked at.</param>
    internal IEnumerable<string> Faults(bool isUsed) => new (bool Holds, string Rule)[]
    {
        (!isUsed || Host.Length > 0, "Alerts:Smtp:Host is empty; name the mail server, or set Alerts:Transport to spool."),
        (Port is >= 1 and <= 65535, "Alerts:Smtp:Port is 1 to 65535."),
        (Enum.IsDefined(Security), "Alerts:Smtp:Security is StartTls, Tls or None."),
        (!isUsed || From.Length > 0, "Alerts:Smtp:From is empty; write the address that mails come from."),
        (From.Length == 0 || AlertsOptions.IsAddress(From), $"Alerts:Smtp:From is '{From}', which is no address of one mailbox."),
        (User.Length == 0 == (Password.Length == 0), "Alerts:Smtp:User and Alerts:Smtp:Password are set both or neither."),
        (Password.Length == 0 || Security != SmtpSecurity.None || IsLocal, "Alerts:Smtp:Security is None: a password is sent over plain text to this machine alone. Write StartTls or Tls."),
        (TimeoutSeconds is >= 1 and <= LongestWait, "Alerts:Smtp:TimeoutSeconds is 1 to 90."),
    }.Where(rule => !rule.Holds).Select(rule => rule.Rule);

    /// <summary>No secret is ever written by mistake.</summary>
    public override string ToString() => $"{Host}:{Port} ({Security})";
}

public enum SmtpSecurity
{
    /// <summary>Encrypted after the greeting, or not at all sent.</summary>
    StartTls,

    /// <summary>Encrypted from the first byte.</summary>
    Tls,

    /// <summary>Plain text.</summary>
    None,
}
