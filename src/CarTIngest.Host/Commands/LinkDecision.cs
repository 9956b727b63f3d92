using System.CommandLine;
using CarTIngest.Host.Storage;
using CarTIngest.Records;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary>What the verbs share by which people rule on a link: which two records, who, why, and what will come of it.</summary>
internal static class LinkDecision
{
    private static readonly Argument<string> One = new("RECORD") { Description = "A record's id; a study's id is that of one of its records." };

    private static readonly Argument<string> Other = new("OTHER") { Description = "The other one." };

    private static readonly Option<string?> Because = new("--because") { Description = "Why.", HelpName = "TEXT" };

    public static Command Verb(string name, string does, string example, Func<RecordId, string?, DecisionContent> content)
    {
        var verb = CommonOptions.Verb(
            name, $"{does} Two records are named, not a record and a study: a study is what its links make of it, and its id changes when a registration comes to it.", example, One, Other, StudyDecision.As, Because, CommonOptions.Store);
        verb.SetAction((call, cancellationToken) => RunAsync(call, content, cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult call, Func<RecordId, string?, DecisionContent> content, CancellationToken cancellationToken)
    {
        var (one, other) = (LinksCommand.Record(call.GetValue(One)!), LinksCommand.Record(call.GetValue(Other)!));
        var settings = Settings.Read(call);
        var protocol = ReviewProtocol.Read(settings);
        await using var provider = Composition.Build(settings);
        await provider.GetRequiredService<StoreFactory>().RequireAsync(cancellationToken);
        var before = await LinksCommand.ReadAsync(provider, protocol, LinkDepth.Joined, cancellationToken);
        foreach (var absent in new[] { one, other }.Where(record => !before.Titles.ContainsKey(record)))
        {
            throw new UsageException($"{absent} is not held: people rule on links between records that are.");
        }

        var draft = new DecisionDraft(call.GetValue(StudyDecision.As)!.Trim(), one.Text, content(other, call.GetValue(Because)));
        var written = await provider.GetRequiredService<DecisionBook>().WriteAsync(
            protocol, draft, async (store, _) => await LinkReading.AboutAsync(store, one, other, cancellationToken), cancellationToken);
        Tell(call.GetValue(CommonOptions.Json), written.Decision, other, await LinksCommand.ReadAsync(provider, protocol, LinkDepth.Joined, cancellationToken));
        return ExitCode.Done;
    }

    private static void Tell(bool json, Decision decision, RecordId other, LinksSeen seen)
    {
        RecordId[] both = [LinksCommand.Record(decision.Subject), other];
        var studies = both.ToDictionary(record => record.Text, record => seen.Studies.Where(study => study.Records.Contains(record)).Select(study => study.Id.Text).ToList());
        if (json)
        {
            Answers.Json(DecisionAnswer.Of(decision) with { Subject = decision.Subject, Studies = studies, Moving = [.. seen.Moving().Select(record => record.Text)] });
            return;
        }

        Answers.Line($"Decision {decision.Number}: {decision.By}, {decision.Kind} on {decision.Subject} and {other}. It takes effect with the next night; `cartingest links {other}` shows it now.");
        foreach (var (record, of) in studies)
        {
            Answers.Line($"  {record} will be of {(of.Count == 1 ? "study" : "studies")} {string.Join(", ", of)}.");
        }
    }
}
