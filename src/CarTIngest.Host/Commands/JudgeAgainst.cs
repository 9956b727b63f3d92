using System.CommandLine;
using CarTIngest.Eligibility;
using CarTIngest.Host.Storage;

namespace CarTIngest.Host.Commands;

/// <summary><c>judge --against FOLDER</c>: what another rulebook would change, and its adoption by two people.</summary>
internal static class JudgeAgainst
{
    private static readonly Option<string?> Against = new("--against") { Description = "The folder of another rulebook: what it would change over all that is stored.", HelpName = "FOLDER" };

    public static IReadOnlyList<Option> Options => [Against, .. AdoptionByTwo.Options];

    public static string? Asked(ParseResult call) => call.GetValue(Against);

    public static async Task<int> RunAsync(ParseResult call, string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"There is no folder {folder}.");
        }

        var adopts = AdoptionByTwo.IsAsked(call);
        var settings = Settings.Read(call);
        var other = ReviewRulebook.Read(folder);
        await using var provider = Composition.Build(settings);
        await provider.GetRequiredService<StoreFactory>().RequireAsync(cancellationToken);
        var tried = await provider.GetRequiredService<RulebookTrial>().TryAsync(other, cancellationToken);
        Tell(tried, call.GetValue(CommonOptions.Json));
        if (adopts)
        {
            await AdoptionByTwo.WriteAsync(call, provider, ReviewProtocol.Read(settings), [new AdoptedChange("rulebook", tried.InForce ?? "", tried.Other, tried.Gained, tried.Lost)], cancellationToken);
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

        Console.Error.WriteLine($"{tried.Tried} records judged: {tried.Moved.Count} verdicts change, {tried.Gained} records gained, {tried.Lost} lost.{(tried.Unjudged > 0 ? $" {tried.Unjudged} more are not judged yet and so not compared: the next night judges them." : "")} In force: {tried.InForce ?? "none yet"}; this one: {tried.Other}.");
    }

    private static string Word(Verdict verdict) => verdict.ToString().ToLowerInvariant();
}
