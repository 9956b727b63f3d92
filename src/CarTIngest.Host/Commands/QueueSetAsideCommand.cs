using System.CommandLine;
using CarTIngest.Host.Storage;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary><c>queue set-aside</c>: the lead adopts that what the machine calls unlikely is not screened.</summary>
internal static class QueueSetAsideCommand
{
    private static readonly Option<string?> Rulebook = new("--rulebook") { Description = "For which rulebook: its hash, or any; without it the one that judged last.", HelpName = "HASH" };

    private static readonly Option<string> Because = new("--because") { Description = "Why; it stands beside every number that depends on it.", Required = true, HelpName = "TEXT" };

    public static Command Create()
    {
        var verb = CommonOptions.Verb(
            "set-aside",
            "Adopts that what the machine calls unlikely is set aside from the next night on; audits go on. What is in the queue stays there. `queue screen-unlikely` takes it back.",
            "queue set-aside --because \"0 of 120 wrongly rejected\" --as \"Lea Muster\"",
            Rulebook, Because, StudyDecision.As, CommonOptions.Store);
        verb.SetAction(RunAsync);
        return verb;
    }

    private static Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken) => QueueScreenUnlikelyCommand.WriteAsync(
        call,
        async provider => new AutomationAdopted(
            DateOnly.FromDateTime(provider.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime), call.GetValue(Rulebook)?.Trim() ?? await LastAsync(provider, cancellationToken), call.GetValue(Because)!.Trim()),
        cancellationToken);

    private static async Task<string> LastAsync(IServiceProvider provider, CancellationToken cancellationToken)
    {
        await using var store = provider.GetRequiredService<StoreFactory>().Open();
        return (await RulebookShelf.LastAsync(store, cancellationToken))?.Hash ?? throw new UsageException("No night has judged yet: name the rulebook by its hash, or write --rulebook any.");
    }
}
