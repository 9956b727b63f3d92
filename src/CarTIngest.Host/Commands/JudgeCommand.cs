using System.CommandLine;
using System.Text.Json;
using CarTIngest.Eligibility;
using CarTIngest.Records;

namespace CarTIngest.Host.Commands;

/// <summary><c>judge</c>: files of records as verdicts with their reasons, no store. With <c>--against</c>: what another rulebook would change over all that is stored.</summary>
internal static class JudgeCommand
{
    private static readonly Argument<string[]> Paths = new("PATH") { Description = "PubMed XML or study JSON, gzipped or not, or folders of them.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string?> Folder = new("--rulebook") { Description = "The folder of rulebook.json and lexicon/; without it the review's.", HelpName = "FOLDER" };

    public static Command Create()
    {
        var verb = CommonOptions.Verb(
            "judge",
            "Reads files and writes a JSON line a record: its verdict, the criteria, and every finding with the words it read. With --against, what another rulebook would change over all that is stored.",
            "judge studies.json > verdicts.jsonl",
            [Paths, Folder, .. JudgeAgainst.Options, CommonOptions.Store]);
        verb.SetAction(RunAsync);
        return verb;
    }

    private static Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        var paths = call.GetValue(Paths) ?? [];
        if (JudgeAgainst.Asked(call) is { } other)
        {
            return paths.Length == 0 ? JudgeAgainst.RunAsync(call, other, cancellationToken) : throw new UsageException("--against judges what is stored: give no PATH with it.");
        }

        if (AdoptionByTwo.IsAsked(call))
        {
            throw new UsageException("Name what is adopted: --against FOLDER.");
        }

        if (paths.Length == 0)
        {
            throw new UsageException("Name a file or folder to judge, or --against FOLDER to compare a rulebook over what is stored.");
        }

        var rulebook = ReviewRulebook.Read(call.GetValue(Folder) ?? Composition.ReviewFolder(Settings.Read(call)));
        return RecordLines.WriteAsync(paths, Write, cancellationToken);

        void Write(SourceRecord record, Utf8JsonWriter to)
        {
            // A deletion says nothing that could be judged.
            if (record is not DeletedRecord)
            {
                JudgementJson.Write(rulebook.Judge(record), to);
            }
        }
    }
}
