using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using CarTIngest.Host.Storage.Model;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace CarTIngest.Host.Alerts;

/// <summary>
/// Mails to a server, one recipient each, one connection each. SMTP cannot be exactly once: when the connection drops after the message was given and before it was answered, nobody can tell whether it was
/// taken. That one window is noted in the message's row before it opens, and named when it was not closed.
/// </summary>
/// <param name="trust">Null: as the system trusts.</param>
public sealed class SmtpChannel(SmtpOptions options, MailLetter letter, UnsubscribeIds unsubscribe, RemoteCertificateValidationCallback? trust = null) : IAlertChannel
{
    private const int ServiceCloses = 421;
    private const int FirstPermanent = 500;
    private const int LongestWords = 300;

    public string Name => OutboxChannel.Mail;

    public string TargetOf(OutboxMessage message) => options.ToString();

    public Task<HandOver> SettleAsync(OutboxMessage message, CancellationToken cancellationToken) =>
        Task.FromResult(new HandOver(HandOverEnd.Ambiguous, Storage.OutboxMoves.Unanswered));

    public async Task<HandOver> HandOverAsync(OutboxMessage message, Func<CancellationToken, Task<bool>> give, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(give);
        using var mail = letter.Of(message, await unsubscribe.OfAsync(message, cancellationToken));
        using var client = new SmtpClient { Timeout = options.TimeoutSeconds * 1000, CheckCertificateRevocation = false, ServerCertificateValidationCallback = trust };
        if (await EnterAsync(client, cancellationToken) is { } closed)
        {
            return closed;
        }

        if (NeedsUtf8(mail) && !client.Capabilities.HasFlag(SmtpCapabilities.UTF8))
        {
            await LeaveAsync(client, cancellationToken);
            return mail.From.Mailboxes.Any(from => !Ascii.IsValid(from.LocalPart))
                ? Settings("The mail server takes no sender with letters beyond ASCII before its @ (it does not offer SMTPUTF8). Look at Alerts:Smtp:From.")
                : new HandOver(HandOverEnd.Refused, "This mail server takes no address with letters beyond ASCII before its @ (it does not offer SMTPUTF8).");
        }

        if (!await give(cancellationToken))
        {
            return new HandOver(HandOverEnd.NotOurs, null);
        }

        var end = await SendAsync(client, mail, cancellationToken);
        await LeaveAsync(client, cancellationToken);
        return end;
    }

    /// <returns>Null when the session stands.</returns>
    private async Task<HandOver?> EnterAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.ConnectAsync(options.Host, options.Port, Security(options.Security), cancellationToken);
            if (options.User.Length > 0)
            {
                await client.AuthenticateAsync(options.User, options.Password, cancellationToken);
            }

            return null;
        }
        catch (AuthenticationException refused)
        {
            return Settings($"The mail server does not let us in: {Words(refused)} Look at Alerts:Smtp:User and Alerts:Smtp:Password.");
        }
        catch (Exception unfit) when (unfit is SslHandshakeException or NotSupportedException)
        {
            return Settings($"The connection to the mail server cannot be made safe: {Words(unfit)} Look at Alerts:Smtp:Security and the server's certificate.");
        }
        catch (SmtpCommandException closed)
        {
            return new HandOver(HandOverEnd.ChannelFails, $"The mail server at {options.Host}:{options.Port} did not take us: {Answer(closed)}");
        }
        catch (Exception down) when (down is IOException or SocketException or SmtpProtocolException or TimeoutException or ServiceNotConnectedException)
        {
            return new HandOver(HandOverEnd.ChannelFails, $"The mail server at {options.Host}:{options.Port} cannot be reached: {Words(down)}");
        }
    }

    private static async Task<HandOver> SendAsync(SmtpClient client, MimeMessage mail, CancellationToken cancellationToken)
    {
        var begun = new Begun();
        try
        {
            return new HandOver(HandOverEnd.Sent, Short(await client.SendAsync(FormatOf(mail), mail, cancellationToken, begun)));
        }
        catch (SmtpCommandException answered)
        {
            return OfAnswer(answered);
        }
        catch (ServiceNotAuthenticatedException)
        {
            return Settings("The mail server wants us to sign in first. Set Alerts:Smtp:User and Alerts:Smtp:Password.");
        }
        catch (Exception broken) when (broken is IOException or SocketException or SmtpProtocolException or TimeoutException or ServiceNotConnectedException)
        {
            return begun.Is ? Unanswered(broken) : new HandOver(HandOverEnd.ChannelFails, $"The connection broke off before the message was given: {Words(broken)}");
        }
        catch (OperationCanceledException stopped)
        {
            return begun.Is ? Unanswered(stopped) : new HandOver(HandOverEnd.Stopped, null);
        }
        catch (Exception unfit) when (unfit is NotSupportedException or FormatException)
        {
            // This message alone is at fault.
            return begun.Is ? Unanswered(unfit) : new HandOver(HandOverEnd.Refused, $"It cannot be sent by this mail server: {Words(unfit)}");
        }
    }

    private static FormatOptions FormatOf(MimeMessage mail)
    {
        var format = FormatOptions.Default.Clone();
        format.International = NeedsUtf8(mail);
        return format;
    }

    /// <summary>Only for what stands before the @ (RFC 6531); domains are written in ASCII for every server.</summary>
    private static bool NeedsUtf8(MimeMessage mail) => mail.From.Mailboxes.Concat(mail.To.Mailboxes).Any(mailbox => !Ascii.IsValid(mailbox.LocalPart));

    /// <summary>What the server said to one command. A refused sender is a fault of the settings and not of this message.</summary>
    private static HandOver OfAnswer(SmtpCommandException answered)
    {
        var said = Answer(answered);
        var permanent = (int)answered.StatusCode >= FirstPermanent;
        return (int)answered.StatusCode == ServiceCloses ? new HandOver(HandOverEnd.ChannelFails, said)
            : !permanent ? new HandOver(HandOverEnd.Again, said)
            : answered.ErrorCode == SmtpErrorCode.SenderNotAccepted ? Settings($"The mail server does not take our sender: {said} Look at Alerts:Smtp:From.")
            : new HandOver(HandOverEnd.Refused, said);
    }

    /// <summary>The message was answered already; how the session ends changes nothing.</summary>
    private static async Task LeaveAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(client.IsConnected, cancellationToken);
        }
        catch (Exception broken) when (broken is IOException or SocketException or SmtpProtocolException or SmtpCommandException or TimeoutException or ServiceNotConnectedException or OperationCanceledException)
        {
            // It closed before we did, or we may not wait for its farewell.
        }
    }

    private static HandOver Unanswered(Exception broken) => new(HandOverEnd.Ambiguous, $"{Storage.OutboxMoves.Unanswered} ({Words(broken)})");

    private static HandOver Settings(string said) => new(HandOverEnd.ChannelFails, said) { NotBefore = TimeSpan.FromMinutes(30) };

    private static string Answer(SmtpCommandException answered) => string.Create(CultureInfo.InvariantCulture, $"{(int)answered.StatusCode} {Words(answered)}");

    private static string Words(Exception failure) => Short(Reporting.Digests.OneLine.Of(failure.Message));

    private static string Short(string? words) => Reporting.Digests.OneLine.Of(words, LongestWords);

    private static SecureSocketOptions Security(SmtpSecurity security) => security switch
    {
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.None,
    };

    /// <summary>Whether any byte of the message has left.</summary>
    private sealed class Begun : ITransferProgress
    {
        public bool Is { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => Is = true;

        public void Report(long bytesTransferred) => Is = true;
    }
}
