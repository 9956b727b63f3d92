using System.CommandLine;
using CarTIngest.Host.Storage;

namespace CarTIngest.Host.Commands;

/// <summary><c>migrate</c>: creates the store, or brings its schema up to date.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var verb = CommonOptions.Verb("migrate", "Creates the store, or brings its schema up to date.", "migrate --store review", CommonOptions.Store);
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        await using var provider = Composition.Build(Settings.Read(call));
        var applied = await provider.GetRequiredService<StoreFactory>().MigrateAsync(cancellationToken);
        if (call.GetValue(CommonOptions.Json))
        {
            Answers.Json(new { Applied = applied });
        }
        else
        {
            Answers.Line(applied.Count == 0 ? "The store is up to date." : $"Applied: {string.Join(", ", applied)}.");
        }

        return ExitCode.Done;
    }
}
