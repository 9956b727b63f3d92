using System.CommandLine;
using System.Globalization;
using System.Text;
using CarTIngest.Host.Storage;
using CarTIngest.Records;

namespace CarTIngest.Host.Commands;

/// <summary><c>export</c>: records out of the store.</summary>
internal static class ExportCommand
{
    private static readonly Option<string> Format = new("--format") { Description = "The form of the records.", Required = true, HelpName = "jsonl" };
    private static readonly Option<string> Of = new("--of") { Description = "Which records.", Required = true, HelpName = "all" };
    private static readonly Option<DateOnly?> AsOf = Day("--as-of", "As they were held at the end of that night.");

    public static Command Create()
    {
        Format.AcceptOnlyFromAmong("jsonl");
        Of.AcceptOnlyFromAmong("all");
        var verb = CommonOptions.Verb("export", "Records out of the store: the lines of parse, each with firstSeen and lastSeen.", "export --format jsonl --of all > records.jsonl", Format, Of, AsOf, CommonOptions.Store);
        verb.SetAction(RunAsync);
        return verb;
    }

    /// <summary>An option that takes a day.</summary>
    internal static Option<DateOnly?> Day(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "yyyy-MM-dd",
        CustomParser = result =>
        {
            if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return day;
            }

            result.AddError($"{name} {result.Tokens[0].Value}: write a date as yyyy-MM-dd.");
            return null;
        },
    };

    private static async Task<int> RunAsync(ParseResult call, CancellationToken cancellationToken)
    {
        await using var provider = Composition.Build(Settings.Read(call));
        await provider.GetRequiredService<StoreFactory>().RequireAsync(cancellationToken);
        await using var answers = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16);
        await foreach (var exported in provider.GetRequiredService<RecordExport>().AllAsync(call.GetValue(AsOf), cancellationToken))
        {
            await answers.WriteLineAsync(LineOf(exported));
        }

        return ExitCode.Done;
    }

    /// <summary>The record's own line with two members more at its end.</summary>
    private static string LineOf(ExportedRecord exported) => string.Create(
        CultureInfo.InvariantCulture, $"{RecordJson.Write(exported.Record).AsSpan()[..^1]}{(exported.Baseline ? ",\"baseline\":true" : "")},\"firstSeen\":\"{exported.FirstSeen:yyyy-MM-dd}\",\"lastSeen\":\"{exported.LastSeen:yyyy-MM-dd}\"}}");
}
