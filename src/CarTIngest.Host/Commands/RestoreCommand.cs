using System.CommandLine;
using CarTIngest.Host.Storage;

namespace CarTIngest.Host.Commands;

/// <summary><c>restore</c>: a backup into an empty store.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "A file that backup wrote." };

    public static Command Create()
    {
        var verb = CommonOptions.Verb("restore", "A backup into an empty store, of either database.", "restore 2026-11-22.cartingest --store restored", File, CommonOptions.Store);
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        var file = call.GetValue(File)!;
        if (!System.IO.File.Exists(file))
        {
            throw new UsageException($"There is no file {file}.");
        }

        await using var provider = Composition.Build(Settings.Read(call));
        var state = await provider.GetRequiredService<StoreCopy>().RestoreAsync(file, cancellationToken);
        if (call.GetValue(CommonOptions.Json))
        {
            Answers.Json(new { File = file, State = state });
        }
        else
        {
            Answers.Line($"Restored from {file} and compared with it. State {state}.");
        }

        return ExitCode.Done;
    }
}
