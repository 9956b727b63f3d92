using System.CommandLine;
using CarTIngest.Host.Storage;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary><c>queue</c>: what awaits whom. How anybody voted, and why a study came in, is not told: people screen blind.</summary>
internal static class QueueCommand
{
    private static readonly Option<string?> As = new("--as") { Description = "Only what this person may vote on: no own vote, no declared tie.", HelpName = "NAME" };

    private static readonly Option<bool> Tasks = new("--tasks") { Description = "The open tasks on studies that are in the queue or decided." };

    private static readonly Option<bool> Audit = new("--audit") { Description = "What people found among those the machine rejects, by month: k of n with its one-sided 95 % bound." };

    public static Command Create(params ReadOnlySpan<Command> verbs)
    {
        var verb = CommonOptions.Verb("queue", "What awaits whom: studies to be screened, the oldest first.", "queue --as \"Ada Muster\" --json", As, Tasks, Audit, CommonOptions.Store);
        foreach (var below in verbs)
        {
            verb.Subcommands.Add(below);
        }

        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        var settings = Settings.Read(call);
        var protocol = ReviewProtocol.Read(settings);
        await using var provider = Composition.Build(settings);
        await provider.GetRequiredService<StoreFactory>().RequireAsync(cancellationToken);
        var queue = await provider.GetRequiredService<QueueReading>().ReadAsync(protocol, cancellationToken);
        if (call.GetValue(Tasks))
        {
            TellTasks(queue, call.GetValue(CommonOptions.Json));
        }
        else if (call.GetValue(Audit))
        {
            TellAudits(queue.Audits, call.GetValue(CommonOptions.Json));
        }
        else
        {
            var today = DateOnly.FromDateTime(provider.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
            var waiting = call.GetValue(As) is { } person ? queue.Waiting.Where(item => item.Place.Awaits(queue.State, item.Members, person)).ToList() : queue.Waiting;
            TellWaiting(queue.State, waiting, item => today.DayNumber - item.Place.Since.DayNumber > protocol.At(item.Place.Stage).QueueAgeLimitDays, call.GetValue(CommonOptions.Json));
        }

        await Console.Error.WriteLineAsync(ReviewProtocol.Says(queue.State.UnlikelySetAside));
        return ExitCode.Done;
    }

    private static void TellWaiting(ScreeningState state, IReadOnlyList<QueueItem> waiting, Func<QueueItem, bool> isOverdue, bool json)
    {
        if (json)
        {
            foreach (var item in waiting)
            {
                Answers.Json(new
                {
                    item.Study,
                    item.By,
                    Stage = Spelling.Of(item.Place.Stage),
                    item.Place.State,
                    Since = $"{item.Place.Since:yyyy-MM-dd}",
                    Overdue = isOverdue(item),
                    item.Place.Subject,
                    item.Place.Voted,
                    item.Title,
                    FullText = state.FullTextOf(item.Study) is { } found ? Spelling.Of(found.State) : null,
                    state.FullTextOf(item.Study)?.Link,
                    item.Pmcid,
                });
            }

            return;
        }

        Answers.Line(waiting.Count == 0 ? "Nothing waits." : $"{waiting.Count:N0} waiting, {waiting.Count(isOverdue):N0} overdue.");
        Answers.Table(
            ["study", "by", "stage", "state", "since", "voted", "title"],
            waiting.Select(item => (IReadOnlyList<string>)
            [
                item.Study, item.By, Spelling.Of(item.Place.Stage), item.Place.State, $"{item.Place.Since:yyyy-MM-dd}{(isOverdue(item) ? ", overdue" : "")}", string.Join(", ", item.Place.Voted), item.Title,
            ]));
    }

    private static void TellTasks(QueueSeen queue, bool json)
    {
        if (json)
        {
            foreach (var task in queue.Tasks)
            {
                Answers.Json(new { task.Study, Task = Spelling.Of(task.Task), Because = Spelling.Of(task.Because), task.By, Since = $"{task.Night:yyyy-MM-dd}", Fields = task.Fields.Split(',', StringSplitOptions.RemoveEmptyEntries) });
            }

            return;
        }

        Answers.Line($"{queue.Tasks.Count:N0} open tasks.");
        Answers.Table(
            ["study", "task", "because", "by", "since", "fields"],
            queue.Tasks.Select(task => (IReadOnlyList<string>)[task.Study, Spelling.Of(task.Task), Spelling.Of(task.Because), task.By, $"{task.Night:yyyy-MM-dd}", task.Fields]));
    }

    private static void TellAudits(IReadOnlyList<AuditTally> audits, bool json)
    {
        if (json)
        {
            foreach (var audit in audits)
            {
                Answers.Json(new { audit.Month, Of = Spelling.Of(audit.Way), audit.Entered, audit.Settled, audit.Advanced, AtMost = Math.Round(OneSidedBound.Upper(audit.Advanced, audit.Settled), 4), audit.Says });
            }

            return;
        }

        Answers.Line(audits.Count == 0 ? "Nothing that the machine rejects was looked at yet." : "Wrongly rejected, of those that people have settled:");
        Answers.Table(
            ["month", "of", ">entered", ">settled", "wrongly rejected"],
            audits.Select(audit => (IReadOnlyList<string>)[audit.Month, Spelling.Of(audit.Way), $"{audit.Entered}", $"{audit.Settled}", audit.Says]));
    }
}
