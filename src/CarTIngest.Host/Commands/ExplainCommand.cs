using System.CommandLine;
using CarTIngest.Eligibility;
using CarTIngest.Host.Storage;

namespace CarTIngest.Host.Commands;

/// <summary><c>explain</c>: why a stored record got its verdict, with the words that were read.</summary>
internal static class ExplainCommand
{
    private static readonly Argument<string> Id = new("ID") { Description = "A record: NCT03018405, nct:NCT03018405, 36764323 or pmid:36764323." };

    public static Command Create()
    {
        var verb = CommonOptions.Verb("explain", "Why a stored record got its verdict: criterion by criterion, with the words that were read, and the study it is of, by which links.", "explain NCT03018405", Id, CommonOptions.Store);
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        var id = LinksCommand.Record(call.GetValue(Id)!);
        var settings = Settings.Read(call);
        await using var provider = Composition.Build(settings);
        var stores = provider.GetRequiredService<StoreFactory>();
        await stores.RequireAsync(cancellationToken);
        var found = await provider.GetRequiredService<JudgementReading>().OfAsync(id, cancellationToken)
            ?? throw new UsageException($"{id} is not held.");
        var judged = found.Judgement ?? throw new UsageException($"{id} is not judged yet: the next night does. `cartingest run` is one.");
        var links = await LinksCommand.ReadAsync(provider, ReviewProtocol.Read(settings), LinkDepth.Joined, cancellationToken);
        if (call.GetValue(CommonOptions.Json))
        {
            Answers.Json(new
            {
                judged.Id,
                judged.Verdict,
                judged.Criteria,
                judged.Targets,
                judged.Flags,
                judged.Findings,
                judged.Rulebook,
                found.Study,
                found.Reports,
                found.FoundBy,
                Links = links.LinksOf(id).Select(link => LinkShapes.Of(link, study: null)).Concat(links.NumbersOf(id).Select(number => LinkShapes.Of(number, study: null))),
            });
            return ExitCode.Done;
        }

        Tell(found, judged, links);
        return ExitCode.Done;
    }

    private static void Tell(ExplainedRecord found, Judgement judged, LinksSeen links)
    {
        Answers.Line($"{judged.Id}: {Word(judged.Verdict)}. {found.Title}");
        Answers.Line($"  intervention {Word(judged.Criteria.Intervention)}, population {Word(judged.Criteria.Population)}, design {Word(judged.Criteria.Design)}"
            + $"{(judged.Targets.Count > 0 ? $"; targets {string.Join(", ", judged.Targets)}" : "")}{(judged.Flags.Count > 0 ? $"; {string.Join(", ", judged.Flags)}" : "")}");
        foreach (var finding in judged.Findings)
        {
            Answers.Line($"  {finding.Outcome switch { Outcome.Supports => "+", Outcome.Against => "-", _ => "?" }} {finding.Reason} ({finding.Rule})");
            finding.Quotes.ToList().ForEach(quote => Answers.Line($"      {quote.Field}: \"{quote.Text}\""));
        }

        Answers.Line($"  study {found.Study}{(found.Reports.Count > 1 ? $", with {string.Join(", ", found.Reports.Where(report => report != judged.Id))}" : "")}");
        links.LinksOf(judged.Id).SelectMany(link => LinkLines.Of(link, "    ")).Concat(links.NumbersOf(judged.Id).Select(number => $"    {LinkLines.Clue(number)}")).ToList().ForEach(Answers.Line);
        Answers.Line(found.FoundBy.Count == 0 ? "  identified by no arm: an import brought it" : $"  identified by {string.Join(", ", found.FoundBy.Select(found => $"arm {found.Arm} since {found.Since:yyyy-MM-dd}{(found.Until is { } until ? $" until {until:yyyy-MM-dd}" : "")}"))}");
        Answers.Line($"  judged by rulebook {judged.Rulebook}. A machine says likely, possible or unlikely; only people say included.");
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
