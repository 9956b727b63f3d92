using System.CommandLine;
using CarTIngest.Host.Storage;

namespace CarTIngest.Host.Commands;

/// <summary><c>outbox resend</c>.</summary>
internal static class OutboxResendCommand
{
    private static readonly Argument<long> Id = new("ID") { Description = "The message's number, as `outbox` lists it." };

    public static Command Create()
    {
        var verb = CommonOptions.Verb("resend", "Sends a message once more, by the same Message-ID: one that may have been received, was refused, or waits.", "outbox resend 12", Id, CommonOptions.Store);
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        var id = call.GetValue(Id);
        await using var provider = Composition.Build(Settings.Read(call));
        await provider.GetRequiredService<StoreFactory>().RequireAsync(cancellationToken);
        if (!await provider.GetRequiredService<OutboxWishes>().ResendAsync(id, cancellationToken))
        {
            throw new UsageException($"There is no message {id} that waits, may have been received, or was refused. `cartingest outbox` lists those.");
        }

        Answers.Line($"Message {id} waits to be sent: `cartingest run` and the service hand it over.");
        return ExitCode.Done;
    }
}
