using System.CommandLine;
using System.Globalization;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Web;
using CarTIngest.Reporting;

namespace CarTIngest.Host.Commands;

/// <summary><c>status</c>: last nights, watermarks, holdings, outbox.</summary>
internal static class StatusCommand
{
    private const int Nights = 7;

    public static Command Create()
    {
        var verb = CommonOptions.Verb("status", "The last nights, how far each source is complete, and what is held.", "status --json", CommonOptions.Store);
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        await using var provider = Composition.Build(Settings.Read(call));
        await provider.GetRequiredService<StoreFactory>().RequireAsync(cancellationToken);
        var status = await provider.GetRequiredService<StoreStatus>().ReadAsync(Nights, cancellationToken);
        var outbox = await provider.GetRequiredService<OutboxBook>().CountAsync(cancellationToken);
        if (call.GetValue(CommonOptions.Json))
        {
            Answers.Json(new { status.Runs, status.Watermarks, status.Held, status.Quarantined, Outbox = outbox, status.Watch });
            return ExitCode.Done;
        }

        Answers.Line($"Held: {Counted.Of(status.Held.Publications, "publication", "publications")}, {Counted.Of(status.Held.Trials, "trial", "trials")}. In quarantine: {status.Quarantined:N0}.");
        Answers.Line(status.Watermarks.Count == 0
            ? "No source had a complete night yet. `cartingest run` asks now."
            : $"Complete to: {string.Join(", ", status.Watermarks.Select(mark => $"{mark.Key} {mark.Value.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}"))}.");
        Answers.Line($"Mail: {outbox.Sent:N0} sent{(outbox.PerhapsTwice > 0 ? $" ({outbox.PerhapsTwice:N0} perhaps twice)" : "")}, {outbox.Pending:N0} waiting, {outbox.Ambiguous:N0} perhaps received, {outbox.Refused:N0} refused.{(outbox.Ambiguous + outbox.Refused > 0 ? " `cartingest outbox` lists them." : "")}");
        NightAnswer.Write(status.Watch);
        Answers.Table(
            [">run", "night", "source", ">announced", ">new", ">revised", "says"],
            status.Runs.SelectMany(run => run.Sources.Select(source => (IReadOnlyList<string>)
            [
                $"{run.Run}", run.Night.ToString("d MMM yyyy", CultureInfo.InvariantCulture), source.Source, $"{source.Announced:N0}", $"{source.New:N0}", $"{source.Revised:N0}",
                source.Complete ? "Complete." : string.Join(" ", source.Why),
            ])));
        foreach (var run in status.Runs.Where(run => run is { EndedAt: not null, Sources.Count: 0 }))
        {
            Answers.Line($"Run {run.Run}. {NightWords.AskedNoSource}");
        }

        foreach (var run in status.Runs.Where(run => run.EndedAt is null))
        {
            Answers.Line($"Run {run.Run}. {NightWords.NotEnded}");
        }

        return ExitCode.Done;
    }
}
