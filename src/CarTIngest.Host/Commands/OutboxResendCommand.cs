using System.CommandLine;

namespace CarTIngest.Host.Commands;

/// <summary><c>outbox resend</c>.</summary>
internal static class OutboxResendCommand
{
    public static Command Create()
    {
        var verb = CommonOptions.Verb("resend", "Sends a message once more, by the same Message-ID: one that may have been received, was refused, or waits.", "outbox resend 12", OutboxCommand.Id, CommonOptions.Store);
        verb.SetAction((call, cancellationToken) => OutboxCommand.WishAsync(call, (wishes, id) => wishes.ResendAsync(id, cancellationToken), "waits to be sent: `cartingest run` and the service hand it over.", cancellationToken));
        return verb;
    }
}
