using System.CommandLine;
using CarTIngest.Host.Storage;
using CarTIngest.Records;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary><c>queue decide</c>: a vote by script.</summary>
internal static class QueueDecideCommand
{
    private static readonly Argument<string> Study = new("STUDY") { Description = "The study's id, or that of a record of it." };

    private static readonly Option<string> AtStage = new("--stage") { Description = "Where: title and abstract, or full text.", Required = true, HelpName = "title|full" };

    private static readonly Option<string> Voted = new("--vote") { Description = "What.", Required = true, HelpName = "include|exclude|maybe" };

    private static readonly Option<string?> Reason = new("--reason") { Description = "The protocol's code, of an exclusion; needed at the full-text stage.", HelpName = "CODE" };

    private static readonly Option<string> As = new("--as") { Description = "Who votes.", Required = true, HelpName = "NAME" };

    public static Command Create()
    {
        AtStage.AcceptOnlyFromAmong([.. Spelling.All<Stage>()]);
        Voted.AcceptOnlyFromAmong([.. Spelling.All<Choice>()]);
        var verb = CommonOptions.Verb(
            "decide", "A person's vote, given by a script. It is kept for good; an own vote may be taken back, never rewritten.", "queue decide nct:NCT99000001 --stage title --vote include --as \"Ada Muster\"", Study, AtStage, Voted, Reason, As, CommonOptions.Store);
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        var settings = Settings.Read(call);
        var protocol = ReviewProtocol.Read(settings);
        var vote = new Vote(Chosen<Stage>(call.GetValue(AtStage)), Chosen<Choice>(call.GetValue(Voted)), call.GetValue(Reason));
        var named = call.GetValue(Study)!;
        await using var provider = Composition.Build(settings);
        await provider.GetRequiredService<StoreFactory>().RequireAsync(cancellationToken);
        var study = await provider.GetRequiredService<QueueReading>().FindAsync(named, cancellationToken)
            ?? throw new UsageException($"'{named}' is not in the queue. `cartingest queue` lists what is; a study outside it may be let in by `cartingest catch-up`.");
        var subject = vote.Stage == Stage.Full ? study.Members.Id
            : RecordId.TryParse(named, out var record) && study.Members.Records.Contains(record) ? record.Text
            : study.By;
        var written = await provider.GetRequiredService<DecisionBook>().WriteAsync(
            protocol, new DecisionDraft(call.GetValue(As)!.Trim(), subject, vote), async (store, _) => (await QueueReading.FindAsync(store, study.Members.Id, cancellationToken))?.Members, cancellationToken);
        var state = Spelling.Of(written.State.StandingOf(vote.Stage, subject).State);
        if (call.GetValue(CommonOptions.Json))
        {
            Answers.Json(new
            {
                Decision = written.Decision.Number, written.Decision.At, As = written.Decision.By, Study = study.Members.Id, Subject = subject, Stage = Spelling.Of(vote.Stage), Vote = Spelling.Of(vote.Choice), vote.Reason, State = state,
            });
        }
        else
        {
            Answers.Line($"Decision {written.Decision.Number}: {written.Decision.By} votes {Spelling.Of(vote.Choice)} on {subject} at the {Spelling.Of(vote.Stage)} stage. It is now: {state}.");
        }

        return ExitCode.Done;
    }

    /// <summary>The parser let nothing else through.</summary>
    private static T Chosen<T>(string? text)
        where T : struct, Enum => Spelling.TryParse<T>(text, out var value) ? value : throw new UsageException($"'{text}' is none of {string.Join(", ", Spelling.All<T>())}.");
}
