using System.CommandLine;
using CarTIngest.Host.Storage;

namespace CarTIngest.Host.Commands;

/// <summary><c>verify</c>: the store against itself.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var verb = CommonOptions.Verb("verify", "Checks the raw store, the records and the ledger of nights against each other.", "verify --json", CommonOptions.Store);
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        await using var provider = Composition.Build(Settings.Read(call));
        var report = await provider.GetRequiredService<Integrity>().VerifyAsync(cancellationToken);
        if (call.GetValue(CommonOptions.Json))
        {
            Answers.Json(new { Ok = report.Whole, State = report.State.Length > 0 ? report.State : null, report.Faults, report.NotReadAgain });
        }
        else
        {
            report.Faults.ToList().ForEach(Answers.Line);
            if (report.NotReadAgain > 0)
            {
                Answers.Line($"{report.NotReadAgain} revisions were read by a reader that is not at hand; they were not read again.");
            }

            Answers.Line(report.Whole ? $"The store is whole. State {report.State}." : $"{report.Faults.Count} faults. Restore the last backup, or ask for help with this list.");
        }

        return report.Whole ? ExitCode.Done : ExitCode.Integrity;
    }
}
