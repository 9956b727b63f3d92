using System.CommandLine;

namespace CarTIngest.Host.Commands;

/// <summary><c>outbox withdraw</c>.</summary>
internal static class OutboxWithdrawCommand
{
    public static Command Create()
    {
        var verb = CommonOptions.Verb("withdraw", "Ends a message that is not sent.", "outbox withdraw 12", OutboxCommand.Id, CommonOptions.Store);
        verb.SetAction((call, cancellationToken) => OutboxCommand.WishAsync(call, (wishes, id) => wishes.WithdrawAsync(id, "A person withdrew it.", cancellationToken), "is withdrawn.", cancellationToken));
        return verb;
    }
}
