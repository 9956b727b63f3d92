using System.CommandLine;
using System.Globalization;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary><c>outbox</c>: what waits, may have been received, or was refused, with what was said.</summary>
internal static class OutboxCommand
{
    public static Argument<long> Id { get; } = new("ID") { Description = "The message's number, as `outbox` lists it." };

    public static Command Create(params ReadOnlySpan<Command> verbs)
    {
        var verb = CommonOptions.Verb("outbox", "Messages that are not sent: what waits, what may have been received, what was refused, and what the other side said.", "outbox --json", CommonOptions.Store);
        foreach (var below in verbs)
        {
            verb.Subcommands.Add(below);
        }

        verb.SetAction(RunAsync);
        return verb;
    }

    /// <summary>What a person wants of one message that is not sent.</summary>
    /// <param name="done">What is said once it is so, after the message's number.</param>
    public static async Task<int> WishAsync(ParseResult call, Func<OutboxWishes, long, Task<bool>> wish, string done, CancellationToken cancellationToken)
    {
        var id = call.GetValue(Id);
        await using var provider = Composition.Build(Settings.Read(call));
        await provider.GetRequiredService<StoreFactory>().RequireAsync(cancellationToken);
        if (!await wish(provider.GetRequiredService<OutboxWishes>(), id))
        {
            throw new UsageException($"There is no message {id} that waits, may have been received, or was refused. `cartingest outbox` lists those.");
        }

        Answers.Line($"Message {id} {done}");
        return ExitCode.Done;
    }

    private static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        await using var provider = Composition.Build(Settings.Read(call));
        await provider.GetRequiredService<StoreFactory>().RequireAsync(cancellationToken);
        var open = await provider.GetRequiredService<OutboxBook>().OpenAsync(cancellationToken);
        if (call.GetValue(CommonOptions.Json))
        {
            foreach (var row in open)
            {
                Answers.Json(new { row.Id, State = Spelling.Of(row.State), row.Kind, row.Channel, row.Recipient, row.Subject, Written = row.CreatedAt, row.Attempts, Next = row.State == OutboxState.Pending ? (DateTimeOffset?)row.NextAttemptAt : null, row.GivenTo, row.WasUnanswered, row.Said });
            }

            return ExitCode.Done;
        }

        Answers.Line(open.Count == 0 ? "Everything that was written is sent." : $"{open.Count:N0} not sent. `outbox resend ID` sends one once more by the same Message-ID; `outbox withdraw ID` ends it.");
        Answers.Table(
            [">id", "state", "to", "subject", "written", ">tries", "said"],
            open.Select(row => (IReadOnlyList<string>)
            [
                $"{row.Id}", Spelling.Of(row.State), row.Recipient, row.Subject, row.CreatedAt.ToString("d MMM yyyy HH:mm'Z'", CultureInfo.InvariantCulture), $"{row.Attempts}", Words(row),
            ]));
        return ExitCode.Done;
    }

    /// <summary>What happened last, and what must not be forgotten over it.</summary>
    private static string Words(OutboxMessage row)
    {
        string[] parts =
        [
            .. row is { State: OutboxState.Sending, GivenTo: { } target } ? [$"Being given to {target}; no answer yet."] : Array.Empty<string>(),
            .. row.Said is { Length: > 0 } said ? [said] : Array.Empty<string>(),
            .. row is { WasUnanswered: true, State: not OutboxState.Ambiguous } ? ["It may have been received: an earlier hand-over was not answered."] : Array.Empty<string>(),
        ];
        return string.Join(' ', parts);
    }
}
