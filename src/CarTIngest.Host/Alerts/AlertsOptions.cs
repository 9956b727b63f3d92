using System.Globalization;
using MimeKit;

namespace CarTIngest.Host.Alerts;

/// <summary>Section <c>Alerts</c>: who is told, when, and by which way out.</summary>
public sealed record AlertsOptions
{
    /// <summary>spool | smtp.</summary>
    public AlertTransport Transport { get; init; } = AlertTransport.Spool;

    /// <summary>Addresses parted by commas, told like a lead and an operator while nobody has an account.</summary>
    public string To { get; init; } = "";

    /// <summary>Where answers to a mail go; empty: to its sender.</summary>
    public string ReplyTo { get; init; } = "";

    /// <summary>The day of weekly digests, in the schedule's time zone.</summary>
    public DayOfWeek WeeklyOn { get; init; } = DayOfWeek.Monday;

    /// <summary>HH:mm, in the schedule's time zone: weekly digests are written then, and at the latest then the nightly ones.</summary>
    public string At { get; init; } = "07:00";

    /// <summary>resend | hold: what becomes of a mail that may have been received.</summary>
    public AmbiguousPolicy WhenAmbiguous { get; init; } = AmbiguousPolicy.Resend;

    public SpoolOptions Spool { get; init; } = new();

    public SmtpOptions Smtp { get; init; } = new();

    public WebhookOptions Webhook { get; init; } = new();

    public TimeOnly Morning => TimeOnly.ParseExact(At, "HH:mm", CultureInfo.InvariantCulture);

    public IReadOnlyList<string> Addresses => To.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Everything that is wrong with these settings, a sentence each; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults() =>
    [
        .. new (bool Holds, string Rule)[]
        {
            (Enum.IsDefined(Transport), "Alerts:Transport is spool or smtp."),
            (Enum.IsDefined(WeeklyOn), "Alerts:WeeklyOn is a day such as Monday."),
            (TimeOnly.TryParseExact(At, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), $"Alerts:At is '{At}'; write a time of day as HH:mm."),
            (Enum.IsDefined(WhenAmbiguous), "Alerts:WhenAmbiguous is resend or hold."),
            (ReplyTo.Length == 0 || IsAddress(ReplyTo), $"Alerts:ReplyTo is '{ReplyTo}', which is no address of one mailbox."),
            (Transport != AlertTransport.Spool || Spool.Folder.Length > 0, "Alerts:Spool:Folder is empty; name a folder."),
        }.Where(rule => !rule.Holds).Select(rule => rule.Rule),
        .. Addresses.Where(address => !IsAddress(address)).Select(address => $"Alerts:To: '{address}' is no address of one mailbox."),
        .. Smtp.Faults(isUsed: Transport == AlertTransport.Smtp),
        .. Webhook.Faults(),
    ];

    /// <summary>One mailbox with a name and a host, in one line.</summary>
    internal static bool IsAddress(string text) =>
        MailboxAddress.TryParse(text, out var mailbox) && mailbox.Address.Contains('@') && mailbox.Domain.Length > 0 && !text.Any(char.IsControl);
}

public enum AlertTransport
{
    /// <summary>Files in a folder, for a mail server of this machine or a person to fetch.</summary>
    Spool,

    Smtp,
}

public enum AmbiguousPolicy
{
    /// <summary>Again by the same Message-ID: rather twice than never.</summary>
    Resend,

    /// <summary>It waits for a person.</summary>
    Hold,
}

/// <summary>Section <c>Alerts:Spool</c>.</summary>
public sealed record SpoolOptions
{
    /// <summary>Relative to the working directory.</summary>
    public string Folder { get; init; } = "./mail";
}
