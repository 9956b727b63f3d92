using System.CommandLine;
using CarTIngest.Host.Storage;

namespace CarTIngest.Host.Commands;

/// <summary><c>outbox withdraw</c>.</summary>
internal static class OutboxWithdrawCommand
{
    private static readonly Argument<long> Id = new("ID") { Description = "The message's number, as `outbox` lists it." };

    public static Command Create()
    {
        var verb = CommonOptions.Verb("withdraw", "Ends a message that is not sent.", "outbox withdraw 12", Id, CommonOptions.Store);
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        var id = call.GetValue(Id);
        await using var provider = Composition.Build(Settings.Read(call));
        await provider.GetRequiredService<StoreFactory>().RequireAsync(cancellationToken);
        if (!await provider.GetRequiredService<OutboxWishes>().WithdrawAsync(id, "A person withdrew it.", cancellationToken))
        {
            throw new UsageException($"There is no message {id} that waits, may have been received, or was refused. `cartingest outbox` lists those.");
        }

        Answers.Line($"Message {id} is withdrawn.");
        return ExitCode.Done;
    }
}
