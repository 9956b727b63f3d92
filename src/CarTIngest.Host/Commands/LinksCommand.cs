using System.CommandLine;
using CarTIngest.Host.Storage;
using CarTIngest.Matching;
using CarTIngest.Records;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary>Which of the things that matching sees are listed.</summary>
internal enum LinksAsked
{
    /// <summary>Records that make one study, with the clues that join them.</summary>
    Joined = 0,

    /// <summary>One publication under two numbers, preprints with their papers, and those of which it cannot be told.</summary>
    Duplicates = 1,

    /// <summary>Registrations proposed for papers that no number joins.</summary>
    Proposed = 2,

    /// <summary>Records that may count the same patients.</summary>
    Patients = 3,

    /// <summary>What people said.</summary>
    Decided = 4,
}

/// <summary><c>links</c>: what matching sees over all that is held, found anew when asked for.</summary>
internal static class LinksCommand
{
    private static readonly Argument<string?> Id = new("ID") { Description = "A record: all that concerns it and its studies.", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Option<LinksAsked> Of = StudyDecision.Any<LinksAsked>("--of", "What is listed; without it joined, and with an ID everything.");

    private static readonly Option<int> Top = new("--top") { Description = "So many proposals for a paper, the best first; at most 10.", DefaultValueFactory = _ => 3 };

    public static Command Create(params ReadOnlySpan<Command> verbs)
    {
        var verb = CommonOptions.Verb(
            "links",
            "Which records make one study, by which clues; what is proposed; where patients may be counted twice. Found anew over all that is held, with people's words up to now.",
            "links NCT99000001 --of proposed --json",
            Id, Of, Top, CommonOptions.Store);
        foreach (var below in verbs)
        {
            verb.Subcommands.Add(below);
        }

        verb.SetAction(RunAsync);
        return verb;
    }

    /// <summary>What matching sees, or a sentence that tells why it sees nothing yet.</summary>
    public static async Task<LinksSeen> ReadAsync(IServiceProvider provider, Protocol protocol, LinkDepth depth, CancellationToken cancellationToken) =>
        await provider.GetRequiredService<LinkReading>().ReadAsync(protocol, depth, cancellationToken) ?? throw new UsageException("No night has judged and matched yet. `cartingest run` does.");

    private static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        var record = call.GetValue(Id) is { } written ? Record(written) : (RecordId?)null;
        if (call.GetValue(Top) is < 1 or > TrialLinker.MostProposals)
        {
            throw new UsageException($"--top takes 1 to {TrialLinker.MostProposals}.");
        }

        IReadOnlyList<LinksAsked> asked = call.GetResult(Of) is { Implicit: false } ? [call.GetValue(Of)] : record is null ? [LinksAsked.Joined] : Enum.GetValues<LinksAsked>();
        var settings = Settings.Read(call);
        await using var provider = Composition.Build(settings);
        await provider.GetRequiredService<StoreFactory>().RequireAsync(cancellationToken);
        var depth = asked.Any(one => one is LinksAsked.Proposed or LinksAsked.Patients) ? LinkDepth.Everything : LinkDepth.Joined;
        var listed = new ListedLinks(await ReadAsync(provider, ReviewProtocol.Read(settings), depth, cancellationToken), record, call.GetValue(Top));
        foreach (var one in asked)
        {
            Tell(listed, one, call.GetValue(CommonOptions.Json));
        }

        if (listed.Seen.Moving() is { Count: > 0 } moving)
        {
            await Console.Error.WriteLineAsync($"{moving.Count} records will be in other company from the next night on: {string.Join(", ", moving.Take(10))}{(moving.Count > 10 ? ", …" : "")}.");
        }

        return ExitCode.Done;
    }

    /// <exception cref="UsageException">No record id.</exception>
    public static RecordId Record(string written) =>
        RecordId.TryParse(written, out var id) ? id : throw new UsageException($"'{written}' is no record id. Write it as NCT03018405 or as a PMID, 36764323.");

    private static void Tell(ListedLinks listed, LinksAsked asked, bool json)
    {
        var (shapes, lines) = asked switch
        {
            LinksAsked.Joined => (LinkShapes.Joined(listed), LinkLines.Joined(listed)),
            LinksAsked.Duplicates => (LinkShapes.Duplicates(listed), LinkLines.Duplicates(listed)),
            LinksAsked.Proposed => (LinkShapes.Proposed(listed), LinkLines.Proposed(listed)),
            LinksAsked.Patients => (LinkShapes.Patients(listed), LinkLines.Patients(listed)),
            _ => (LinkShapes.Decided(listed), LinkLines.Decided(listed)),
        };
        if (json)
        {
            shapes.ToList().ForEach(Answers.Json);
        }
        else
        {
            lines.ToList().ForEach(Answers.Line);
        }
    }
}
