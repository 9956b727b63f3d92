using System.Security.Cryptography;
using System.Text;
using CarTIngest.Host.Storage.Model;
using MimeKit;

namespace CarTIngest.Host.Alerts;

/// <summary>Under which names mails go out. All of them follow from the settings and the message's row alone, so that a mail handed over twice is the same mail.</summary>
public sealed class MailFace(AlertsOptions options, AlertsPlace place)
{
    private const int HashLength = 16;

    public MailboxAddress From { get; } = Named(MailboxAddress.Parse(options.Smtp.From is { Length: > 0 } from ? from : "cartingest@localhost"));

    public MailboxAddress? ReplyTo { get; } = options.ReplyTo is { Length: > 0 } reply ? MailboxAddress.Parse(reply) : null;

    /// <summary>Whether answers reach anybody: an address was given.</summary>
    public bool IsReachable => options.Smtp.From.Length > 0;

    public Uri? Pages => place.Pages;

    /// <summary>Of ids: the pages' host, else the sender's.</summary>
    public string Domain => place.Pages?.IdnHost is { Length: > 0 } host ? host : From.Domain;

    /// <summary>A store brought back from a backup counts on from an older number, so the number alone would name two messages.</summary>
    public string MessageId(OutboxMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return $"alert-{message.Id}.{Hash($"{message.Key}\n{message.Recipient}\n{message.CreatedAt.ToUnixTimeMilliseconds()}")}@{Domain}";
    }

    /// <summary>The root of the thread of all that one recipient is told on one topic.</summary>
    public string ThreadId(OutboxMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return $"topic.{Hash($"{message.Topic}\n{message.Recipient}")}@{Domain}";
    }

    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength];

    private static MailboxAddress Named(MailboxAddress address) => string.IsNullOrEmpty(address.Name) ? new MailboxAddress("CarTIngest", address.Address) : address;
}

/// <summary>What alerts must know of the rest of the settings.</summary>
/// <param name="Pages">Where the pages are seen from outside; null where nobody said.</param>
/// <param name="Zone">The schedule's.</param>
public sealed record AlertsPlace(Uri? Pages, TimeZoneInfo Zone)
{
    /// <summary>This machine's name: a folder of the same path on another is another folder.</summary>
    public string Machine { get; init; } = "";
}
