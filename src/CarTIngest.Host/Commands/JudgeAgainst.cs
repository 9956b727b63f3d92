using System.CommandLine;
using CarTIngest.Eligibility;
using CarTIngest.Host.Storage;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary><c>judge --against FOLDER</c>: what another rulebook would change, and its adoption by two people.</summary>
internal static class JudgeAgainst
{
    private static readonly Option<string?> Against = new("--against") { Description = "The folder of another rulebook: what it would change over all that is stored.", HelpName = "FOLDER" };
    private static readonly Option<string?> AdoptBy = new("--adopt-by") { Description = "Adopts it: the name of whoever wrote it.", HelpName = "NAME" };
    private static readonly Option<string?> Second = new("--second-reader") { Description = "Who read it besides.", HelpName = "NAME" };
    private static readonly Option<string?> Because = new("--because") { Description = "Why it is changed.", HelpName = "TEXT" };

    public static IReadOnlyList<Option> Options => [Against, AdoptBy, Second, Because];

    public static string? Asked(ParseResult call) => call.GetValue(Against);

    public static async Task<int> RunAsync(ParseResult call, string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"There is no folder {folder}.");
        }

        var settings = Settings.Read(call);
        var other = ReviewRulebook.Read(folder);
        await using var provider = Composition.Build(settings);
        await provider.GetRequiredService<StoreFactory>().RequireAsync(cancellationToken);
        var tried = await provider.GetRequiredService<RulebookTrial>().TryAsync(other, cancellationToken);
        Tell(tried, call.GetValue(CommonOptions.Json));
        if (call.GetValue(AdoptBy) is { } author)
        {
            await AdoptAsync(provider, ReviewProtocol.Read(settings), tried, author, call, cancellationToken);
        }

        return ExitCode.Done;
    }

    private static void Tell(TriedRulebook tried, bool json)
    {
        foreach (var moved in tried.Moved)
        {
            if (json)
            {
                Answers.Json(new { moved.Id, moved.From, moved.To });
            }
            else
            {
                Answers.Line($"{moved.Id}: {Word(moved.From)} -> {Word(moved.To)}");
            }
        }

        Console.Error.WriteLine($"{tried.Tried} records judged: {tried.Moved.Count} verdicts change, {tried.Gained} records gained, {tried.Lost} lost. In force: {tried.InForce ?? "none yet"}; this one: {tried.Other}.");
    }

    private static async Task AdoptAsync(IServiceProvider provider, Protocol protocol, TriedRulebook tried, string author, ParseResult call, CancellationToken cancellationToken)
    {
        var second = call.GetValue(Second) ?? throw new UsageException("A rulebook is adopted by two: name the other with --second-reader.");
        var because = call.GetValue(Because) ?? throw new UsageException("Say why it is changed, with --because.");
        var change = new RulesChanged(author, second, because, tried.InForce ?? "", tried.Other, tried.Gained, tried.Lost);
        await provider.GetRequiredService<DecisionBook>().WriteAsync(protocol, new DecisionDraft(author, "rulebook", change), (_, _) => Task.FromResult<DecisionSubject?>(null), cancellationToken);
        await Console.Error.WriteLineAsync($"Adopted by {author} and {second}. It judges from the next night on, when the review folder holds it.");
    }

    private static string Word(Verdict verdict) => verdict.ToString().ToLowerInvariant();
}
