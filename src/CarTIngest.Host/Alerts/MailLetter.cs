using System.Globalization;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Reporting.Digests;
using MimeKit;
using MimeKit.Text;

namespace CarTIngest.Host.Alerts;

/// <summary>
/// A mail as it goes out, made from its row: plain text first and complete by itself (format=flowed), HTML beside it where there is one; and the headers by which readers thread it, filter it
/// and end it. The same row gives the same bytes.
/// </summary>
public sealed class MailLetter(MailFace face)
{
    private static readonly FormatOptions Wire = WireFormat();

    /// <param name="unsubscribeId">Of the recipient's account; null where there is none.</param>
    public MimeMessage Of(OutboxMessage row, string? unsubscribeId)
    {
        ArgumentNullException.ThrowIfNull(row);
        var letter = new MimeMessage { MessageId = face.MessageId(row), Date = row.CreatedAt, Subject = OneLine.Of(row.Subject) };
        letter.From.Add(face.From);
        letter.To.Add(MailboxAddress.Parse(row.Recipient));
        if (face.ReplyTo is { } reply)
        {
            letter.ReplyTo.Add(reply);
        }

        letter.References.Add(face.ThreadId(row));
        letter.Headers.Add("List-Id", $"CarTIngest {row.Kind} <{row.Kind}.cartingest.{face.Domain}>");
        letter.Headers.Add("Auto-Submitted", "auto-generated");
        AddUnsubscribe(letter, row, unsubscribeId);
        letter.Body = BodyOf(row);
        return letter;
    }

    /// <summary>As they go over the wire and into the spool.</summary>
    public byte[] BytesOf(OutboxMessage row, string? unsubscribeId)
    {
        using var letter = Of(row, unsubscribeId);
        using var bytes = new MemoryStream();
        letter.WriteTo(Wire, bytes);
        return bytes.ToArray();
    }

    /// <summary>One click ends it only over TLS (RFC 8058); without pages from outside a mail to the sender asks for it. An alarm has no such way: it goes to operators as long as they are.</summary>
    private void AddUnsubscribe(MimeMessage letter, OutboxMessage row, string? unsubscribeId)
    {
        if (row.Kind == OutboxKind.Operator)
        {
            return;
        }

        var ways = new List<string>();
        if (unsubscribeId is not null && face.Pages is { } pages)
        {
            ways.Add($"<{new Uri(pages, $"unsubscribe/{Uri.EscapeDataString(unsubscribeId)}")}>");
        }

        if (face.IsReachable)
        {
            ways.Add($"<mailto:{(face.ReplyTo ?? face.From).Address}?subject={Uri.EscapeDataString($"unsubscribe {row.Kind}")}>");
        }

        if (ways.Count > 0)
        {
            letter.Headers.Add("List-Unsubscribe", string.Join(", ", ways));
        }

        if (unsubscribeId is not null && face.Pages?.Scheme == "https")
        {
            letter.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
    }

    private static MimeEntity BodyOf(OutboxMessage row)
    {
        var text = PartOf(TextFormat.Flowed, FlowedText.Of(row.Text));
        if (row.Html is null)
        {
            return text;
        }

        var both = new MultipartAlternative(text, PartOf(TextFormat.Html, row.Html));
        both.Boundary = string.Create(CultureInfo.InvariantCulture, $"=-{MailFace.Hash(row.Key)}-{row.Id}");
        return both;
    }

    private static TextPart PartOf(TextFormat format, string text) =>
        new(format) { Text = text, ContentTransferEncoding = ContentEncoding.QuotedPrintable };

    private static FormatOptions WireFormat()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        return format;
    }
}
