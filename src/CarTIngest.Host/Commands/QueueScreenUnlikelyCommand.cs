using System.CommandLine;
using CarTIngest.Host.Storage;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary><c>queue screen-unlikely</c>: what the machine calls unlikely is screened again.</summary>
internal static class QueueScreenUnlikelyCommand
{
    private static readonly Option<string> Because = new("--because") { Description = "Why.", Required = true, HelpName = "TEXT" };

    public static Command Create()
    {
        var verb = CommonOptions.Verb(
            "screen-unlikely",
            "Takes back that what the machine calls unlikely is set aside: from the next night on all of it enters the queue.",
            "queue screen-unlikely --because \"an included study was rejected\" --as \"Lea Muster\"",
            Because, StudyDecision.As, CommonOptions.Store);
        verb.SetAction((call, cancellationToken) => WriteAsync(call, _ => Task.FromResult<DecisionContent>(new AutomationWithdrawn(call.GetValue(Because)!.Trim())), cancellationToken));
        return verb;
    }

    /// <summary>A decision on what the machine rejects, and what holds with it.</summary>
    public static async Task<int> WriteAsync<T>(ParseResult call, Func<IServiceProvider, Task<T>> content, CancellationToken cancellationToken)
        where T : DecisionContent
    {
        var settings = Settings.Read(call);
        await using var provider = Composition.Build(settings);
        await provider.GetRequiredService<StoreFactory>().RequireAsync(cancellationToken);
        var draft = new DecisionDraft(call.GetValue(StudyDecision.As)!.Trim(), "unlikely", await content(provider));
        var written = await provider.GetRequiredService<DecisionBook>().WriteAsync(ReviewProtocol.Read(settings), draft, (_, _) => Task.FromResult<DecisionSubject?>(null), cancellationToken);
        if (call.GetValue(CommonOptions.Json))
        {
            Answers.Json(DecisionAnswer.Of(written.Decision));
        }
        else
        {
            Answers.Line($"Decision {written.Decision.Number}. {ReviewProtocol.Says(written.State.UnlikelySetAside)} It takes effect with the next night.");
        }

        return ExitCode.Done;
    }
}
