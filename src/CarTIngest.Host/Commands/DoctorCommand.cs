using System.CommandLine;

namespace CarTIngest.Host.Commands;

/// <summary><c>doctor</c>: a line a check, and what to do.</summary>
internal static class DoctorCommand
{
    /// <summary>A doctor who waits a quarter of an hour for a dead service is of no use: with both of them dead, half a minute.</summary>
    private static readonly Dictionary<string, string?> Impatient = new()
    {
        ["Http:Retries"] = "1",
        ["Http:AttemptTimeoutSeconds"] = "5",
        ["Http:TotalTimeoutSeconds"] = "11",
    };

    public static Command Create()
    {
        var verb = CommonOptions.Verb("doctor", "Looks at settings, strategies, store, disk, clock, both services and the last nights; says what to do.", "doctor --json", CommonOptions.Store);
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        var settings = Settings.Read(call, Impatient);
        await using var provider = Composition.Build(settings);
        var checks = new List<Check>();
        await foreach (var check in new Checks(provider, settings).RunAsync(cancellationToken))
        {
            checks.Add(check);
            if (call.GetValue(CommonOptions.Json))
            {
                Answers.Json(check);
            }
        }

        if (!call.GetValue(CommonOptions.Json))
        {
            Answers.Table(["check", "", "says", "do"], checks.Select(check => (IReadOnlyList<string>)[check.Name, check.Ok ? "well" : "look", check.Says, check.Do ?? ""]));
        }

        return checks.All(check => check.Ok) ? ExitCode.Done : ExitCode.Partial;
    }
}
