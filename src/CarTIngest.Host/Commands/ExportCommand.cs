using System.CommandLine;
using System.Globalization;
using System.Text;
using CarTIngest.Eligibility;
using CarTIngest.Host.Storage;
using CarTIngest.Reporting.Exports;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary><c>export</c>: records out of the store.</summary>
internal static class ExportCommand
{
    private const string Does = """
        Records out of the store.

        jsonl: the lines of parse, each with firstSeen and lastSeen. csv: a table with one row a record: the record, its study, what people decided (class; or stage, state and reason), the
        rulebook's verdict, and the facts phase, status, enrollment, enrollment_type, treated, targets, product, cell_source, country and sponsor. Of each fact three columns: what the record
        says; the words it says it in, each with its field and place ([abstract[0].text:42]); and, ending in _of_study, what all records of its study say, the registration's answer first, each
        with the records that say so. "differing" names the facts on which they differ. What a record does not say plainly is left empty.

        --of queue: all records of the studies that wait for people, without verdicts, for people screen without them. included: of those that people included, those of the base review among
        them. excluded: of those that people excluded, by class or by vote. all: everything held.
        """;

    private static readonly Option<string> Format = new("--format") { Description = "The form of the records.", Required = true, HelpName = string.Join('|', ExportFormats.All.Select(format => format.Name)) };
    private static readonly Option<ExportSet> Of = StudyDecision.OneOf<ExportSet>("--of", "Which records.");
    private static readonly Option<DateOnly?> AsOf = Day("--as-of", "As they were at the end of that night; people's decisions until the end of that day, UTC.");
    private static readonly Option<string> For = new("--for") { Description = "Who reads the table: every value exactly, or cells that no spreadsheet takes for a formula.", HelpName = string.Join('|', Spelling.All<ExportReader>()), DefaultValueFactory = _ => Spelling.Of(ExportReader.Machine) };

    public static Command Create()
    {
        Format.AcceptOnlyFromAmong([.. ExportFormats.All.Select(format => format.Name)]);
        For.AcceptOnlyFromAmong([.. Spelling.All<ExportReader>()]);
        var verb = CommonOptions.Verb("export", Does, "export --format csv --of included --for spreadsheet > included.csv", Format, Of, AsOf, For, CommonOptions.Store);
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
        var format = ExportFormats.All.Single(format => format.Name == call.GetValue(Format));
        var reader = Spelling.TryParse<ExportReader>(call.GetValue(For), out var asked) ? asked : ExportReader.Machine;
        if (reader == ExportReader.Spreadsheet && format.Needs == ExportNeeds.Records)
        {
            throw new UsageException($"--for spreadsheet is for tables, and {format.Name} is none. Use --format csv.");
        }

        var settings = Settings.Read(call);
        await using var provider = Composition.Build(settings);
        await provider.GetRequiredService<StoreFactory>().RequireAsync(cancellationToken);
        var wish = new ExportWish(call.GetValue(Of), format.Needs, call.GetValue(AsOf));
        if (wish.Set != ExportSet.All)
        {
            await ReviewProtocol.TellAsync(provider, ReviewProtocol.Read(settings), cancellationToken);
        }

        var rows = provider.GetRequiredService<ReviewExport>().ReadAsync(wish, () => ReviewProtocol.Read(settings), provider.GetRequiredService<Rulebook>, cancellationToken);
        await using var answers = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16);
        await format.WriteAsync(rows, reader, answers, cancellationToken);
        return ExitCode.Done;
    }
}
