using System.CommandLine;
using CarTIngest.Host.Storage;

namespace CarTIngest.Host.Commands;

/// <summary><c>backup</c>: the whole store in one file, taken while the service runs.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "The file to write; it must not exist." };

    public static Command Create()
    {
        var verb = CommonOptions.Verb("backup", "The whole store in one file, taken at one moment, while the service may go on.", "backup 2026-11-22.cartingest", File, CommonOptions.Store);
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        await using var provider = Composition.Build(Settings.Read(call));
        await provider.GetRequiredService<StoreFactory>().RequireAsync(cancellationToken);
        var file = call.GetValue(File)!;
        var state = await provider.GetRequiredService<StoreCopy>().BackUpAsync(file, cancellationToken);
        if (call.GetValue(CommonOptions.Json))
        {
            Answers.Json(new { File = file, State = state });
        }
        else
        {
            Answers.Line($"Backed up to {file} and compared with the store. State {state}.");
        }

        return ExitCode.Done;
    }
}
