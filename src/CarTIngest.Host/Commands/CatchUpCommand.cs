using System.CommandLine;
using CarTIngest.Eligibility;
using CarTIngest.Host.Storage;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary><c>catch-up</c>: likely and possible studies that were public before the base review's search and are not in it; and the lead's choice over them.</summary>
internal static class CatchUpCommand
{
    private static readonly Option<string?> Choose = new("--choose") { Description = "The lead's choice over what is listed.", HelpName = "accept|screen-these|screen-all" };

    private static readonly Option<string[]> Studies = new("--study") { Description = "A study to be screened, with screen-these; may be given again.", HelpName = "STUDY" };

    private static readonly Option<string?> As = new("--as") { Description = "Who chooses.", HelpName = "NAME" };

    public static Command Create()
    {
        Choose.AcceptOnlyFromAmong([.. Spelling.All<CatchUpChoice>().Select(name => name.Replace('_', '-'))]);
        var verb = CommonOptions.Verb(
            "catch-up", "Likely and possible studies that were public before the base review's search and are not in it, and what becomes of them.", "catch-up --choose screen-these --study nct:NCT99000001 --as \"Ada Muster\"", Choose, Studies, As, CommonOptions.Store);
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        var settings = Settings.Read(call);
        var protocol = ReviewProtocol.Read(settings);
        await using var provider = Composition.Build(settings);
        await provider.GetRequiredService<StoreFactory>().RequireAsync(cancellationToken);
        var outside = await provider.GetRequiredService<QueueReading>().OutsideAsync(protocol, cancellationToken);
        if (call.GetValue(Choose) is { } choice)
        {
            return await ChooseAsync(call, provider, protocol, outside, choice, cancellationToken);
        }

        if (call.GetValue(CommonOptions.Json))
        {
            outside.Studies.ToList().ForEach(Answers.Json);
        }
        else
        {
            Answers.Line(outside.Base is { } held
                ? $"{Count(outside, Verdict.Likely)} likely and {Count(outside, Verdict.Possible)} possible studies were public before the search of base review {held.Version} ({held.Searched}), are not in it and are outside the queue."
                : "There is no base review: all that is likely or possible enters the queue, and nothing is to be caught up. `cartingest base import FOLDER` brings one in.");
            Answers.Table(["study", "by", "verdict", "title"], outside.Studies.Select(study => (IReadOnlyList<string>)[study.Study, study.By, Spelling.Of(study.Verdict), study.Title]));
            foreach (var decision in outside.State.CatchUps)
            {
                var chosen = (CatchUpChosen)decision.Content();
                Answers.Line($"{decision.At:yyyy-MM-dd}: {decision.By} chose {Spelling.Of(chosen.Choice)} over {chosen.Likely} likely and {chosen.Possible} possible{(chosen.Screened.Count > 0 ? $", of which {chosen.Screened.Count} are screened" : "")}.");
            }
        }

        await Console.Error.WriteLineAsync(ReviewProtocol.Says(outside.State.UnlikelySetAside));
        return ExitCode.Done;
    }

    private static async Task<int> ChooseAsync(ParseResult call, ServiceProvider provider, Protocol protocol, OutsideSeen outside, string choice, CancellationToken cancellationToken)
    {
        var person = call.GetValue(As) ?? throw new UsageException("A choice has a name: add --as NAME.");
        var held = outside.Base ?? throw new UsageException("There is no base review, so nothing is to be caught up. `cartingest base import FOLDER` brings one in.");
        var named = (call.GetValue(Studies) ?? []).Select(study => outside.Studies.FirstOrDefault(row => row.Study == study || row.By == study)?.By
            ?? throw new UsageException($"'{study}' is not outside the queue. `cartingest catch-up` lists what is.")).Distinct().ToList();
        var chosen = new CatchUpChosen(Spelling.TryParse<CatchUpChoice>(choice, out var known) ? known : throw new UsageException($"'{choice}' is no choice."), Count(outside, Verdict.Likely), Count(outside, Verdict.Possible), named);
        if (chosen.Choice == CatchUpChoice.ScreenThese && named.Count == 0)
        {
            throw new UsageException("screen-these names the studies: add --study STUDY for each.");
        }

        var written = await provider.GetRequiredService<DecisionBook>().WriteAsync(protocol, new DecisionDraft(person.Trim(), $"base:{held.Version}", chosen), (_, _) => Task.FromResult<DecisionSubject?>(null), cancellationToken);
        if (call.GetValue(CommonOptions.Json))
        {
            Answers.Json(new { Decision = written.Decision.Number, written.Decision.At, As = written.Decision.By, Choice = Spelling.Of(chosen.Choice), chosen.Likely, chosen.Possible, chosen.Screened });
        }
        else
        {
            Answers.Line($"Decision {written.Decision.Number}: {written.Decision.By} chose {Spelling.Of(chosen.Choice)} over {chosen.Likely} likely and {chosen.Possible} possible studies. The next night acts on it.");
        }

        return ExitCode.Done;
    }

    private static int Count(OutsideSeen outside, Verdict verdict) => outside.Studies.Count(study => study.Verdict == verdict);
}
