using System.CommandLine;
using CarTIngest.Host.Storage;
using CarTIngest.Records;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary>What the verbs share by which people decide on a study: who, on what, and the answer.</summary>
internal static class StudyDecision
{
    public static Argument<string> Study { get; } = new("STUDY") { Description = "The study's id, or that of a record of it." };

    public static Option<string> As { get; } = new("--as") { Description = "Who decides.", Required = true, HelpName = "NAME" };

    public static Option<string?> Reason { get; } = new("--reason") { Description = "The protocol's code, of an exclusion; needed where a full text or a study is excluded.", HelpName = "CODE" };

    public static Option<Stage> AtStage { get; } = OneOf<Stage>("--stage", "Title and abstract, or full text.");

    public static Command Verb(string name, string does, string example, Func<ParseResult, DecisionContent> content, params IReadOnlyList<Option> options)
    {
        var verb = CommonOptions.Verb(name, does, example, [Study, .. options, As, CommonOptions.Store]);
        verb.SetAction((call, cancellationToken) => RunAsync(call, content(call), cancellationToken));
        return verb;
    }

    /// <summary>A required option that takes one of an enumeration's names, with hyphens too.</summary>
    public static Option<T> OneOf<T>(string name, string description)
        where T : struct, Enum
    {
        var option = Any<T>(name, description);
        option.Required = true;
        return option;
    }

    /// <summary>The same for whoever wishes.</summary>
    public static Option<T> Any<T>(string name, string description)
        where T : struct, Enum => new(name)
        {
            Description = description,
            HelpName = string.Join('|', Spelling.All<T>()),
            CustomParser = result =>
            {
                if (!Spelling.TryParse<T>(result.Tokens[0].Value, out var value))
                {
                    result.AddError($"{name} {result.Tokens[0].Value}: write one of {string.Join(", ", Spelling.All<T>())}.");
                }

                return value;
            },
        };

    private static async Task<int> RunAsync(ParseResult call, DecisionContent content, CancellationToken cancellationToken)
    {
        var settings = Settings.Read(call);
        var protocol = ReviewProtocol.Read(settings);
        var named = call.GetValue(Study)!;
        await using var provider = Composition.Build(settings);
        await provider.GetRequiredService<StoreFactory>().RequireAsync(cancellationToken);
        var reading = provider.GetRequiredService<QueueReading>();
        if (content is TaskSettled asked)
        {
            var task = await reading.FindTaskAsync(protocol, named, asked, cancellationToken) ?? throw new UsageException($"{named} has no such open task. `cartingest queue --tasks` lists what is open.");
            var done = await provider.GetRequiredService<DecisionBook>().WriteAsync(protocol, new DecisionDraft(call.GetValue(As)!.Trim(), task.Study, asked), (_, _) => Task.FromResult<DecisionSubject?>(null), cancellationToken);
            Tell(call.GetValue(CommonOptions.Json), task.Study, done);
            return ExitCode.Done;
        }

        var study = await reading.FindAsync(protocol, named, cancellationToken)
            ?? throw new UsageException($"'{named}' is not in the queue. `cartingest queue` lists what is; one that was public before the base review's search is let in by `cartingest catch-up`, and what the machine rejects by the audit or, with all the rest, by `cartingest queue screen-unlikely`.");
        var draft = new DecisionDraft(call.GetValue(As)!.Trim(), SubjectOf(content, study, named), content);
        var written = await provider.GetRequiredService<DecisionBook>().WriteAsync(
            protocol, draft, async (store, state) => (await QueueReading.FindAsync(store, state, study.Members.Id, cancellationToken))?.Members, cancellationToken);
        Tell(call.GetValue(CommonOptions.Json), study.Members.Id, written);
        return ExitCode.Done;
    }

    /// <summary>By title people decide on the record that waits there, have ties to the one that they name, and decide on the study in all else.</summary>
    private static string SubjectOf(DecisionContent content, FoundStudy study, string named) =>
        content is TieDeclared ? (RecordId.TryParse(named, out var record) && study.Members.Records.Contains(record) ? record.Text : study.By)
        : StageOf(content) == Stage.Title ? study.By
        : study.Members.Id;

    private static Stage? StageOf(DecisionContent content) => content switch
    {
        Vote vote => vote.Stage,
        VoteUndone undone => undone.Stage,
        Adjudication settled => settled.Stage,
        _ => null,
    };

    private static void Tell(bool json, string study, DecisionWritten written)
    {
        var decision = written.Decision;
        var state = StageOf(decision.Content()) is { } stage ? Spelling.Of(written.State.StandingOf(stage, decision.Subject).State) : null;
        if (json)
        {
            Answers.Json(DecisionAnswer.Of(decision) with { Study = study, Subject = decision.Subject, State = state });
            return;
        }

        Answers.Line($"Decision {decision.Number}: {decision.By}, {decision.Kind} on {decision.Subject}, {decision.Payload}.{(state is null ? "" : $" It is now: {state}.")}");
    }
}
