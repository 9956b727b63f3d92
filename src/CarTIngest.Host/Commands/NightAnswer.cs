using System.Globalization;
using CarTIngest.Reporting;

namespace CarTIngest.Host.Commands;

/// <summary>A night on stdout, and what it means for the exit code.</summary>
internal static class NightAnswer
{
    private const int Most = 20;

    public static void Write(NightReport report, bool json)
    {
        if (json)
        {
            Answers.Line(NightReportJson.Write(report));
            return;
        }

        Answers.Line($"Night of {report.Night.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}, run {report.Run}");
        Answers.Table(
            ["source", ">announced", ">held", ">new", ">revised", ">unchanged", ">left", ">missing", ">gone", ">quarantined", ">unavailable", ">requests", "says"],
            report.Sources.Select(source => (IReadOnlyList<string>)
            [
                source.Source, Number(source.Announced), Number(source.Held), Number(source.New), Number(source.Revised), Number(source.Unchanged), Number(source.Left), Number(source.Missing),
                Number(source.Gone), Number(source.Quarantined), Number(source.Unavailable), Number(source.Requests), source.Complete ? "Complete." : string.Join(" ", source.Why),
            ]));
        foreach (var source in report.Sources)
        {
            Name("new", source.New < source.Held ? source.Named.New : []);
            Name("missing so far", source.Named.Missing);
            Name("gone", source.Named.Gone);
            Name("left the strategy, still given", source.Named.Left);
            Name("could not be read", source.Named.Quarantined);
            Name("held in an older reading; tonight's could not be read or was not given", source.Named.Unread);
            Name("announced and not given", source.Named.Unavailable);
            source.Notes.Take(Most).ToList().ForEach(note => Answers.Line($"  {source.Source}: {note}"));
        }

        Name("entered as likely", report.Likely, ": cartingest queue");
        Name("entered as possible", report.Possible, ": cartingest queue");
        Name("entered with them", report.Beside);
        report.Tasks.ToList().ForEach(task => Answers.Line($"  ASKED, {task.Task}: of study {task.Study}, because of {task.Because}, by {task.By}"));
        Write(report.Watch);
        report.Waiting.ToList().ForEach(waiting => Answers.Line($"  NOT ADOPTED: {waiting.Says}"));
        if (report.Changes.Any(change => !PostedOnly(change)))
        {
            Answers.Table(["changed", "field", "from", "to"], report.Changes.Where(change => !PostedOnly(change)).Select(change => (IReadOnlyList<string>)[change.Id.Text, change.Field, .. ChangeWords.Of(change)]));
        }
    }

    /// <summary>5 when every asked source was down, 3 when anything is missing from a whole night, else 0.</summary>
    public static int ExitCodeOf(IReadOnlyList<NightReport> reports) =>
        reports.Count > 0 && reports.All(report => report.Sources.All(source => !source.Answered)) ? ExitCode.SourcesDown
        : reports.All(report => report.Complete && report.Sources.All(source => source.Quarantined == 0 && source.Named.Unread.Count == 0)) ? ExitCode.Done
        : ExitCode.Partial;

    /// <summary>What the searches lost of included studies, each with its reason.</summary>
    public static void Write(IReadOnlyList<WatchedLoss> watch)
    {
        foreach (var loss in watch)
        {
            Answers.Line(loss.Until is null
                ? $"  LOST: {loss.Id} of the included study {loss.Study}, since {loss.Since.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}: {LossWords.Of(loss)}. {loss.Because}"
                : $"  no longer lost: {loss.Id} of the included study {loss.Study}, which was since {loss.Since.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}.");
        }
    }

    /// <param name="rest">Where those are that are not named.</param>
    private static void Name(string what, IReadOnlyList<Records.RecordId> records, string rest = "")
    {
        if (records.Count > 0)
        {
            Answers.Line($"  {what}: {string.Join(", ", records.Take(Most))}{(records.Count > Most ? $" and {records.Count - Most} more{rest}" : "")}");
        }
    }

    /// <summary>The date of an update says nothing that the changed fields beside it do not.</summary>
    private static bool PostedOnly(FieldChange change) => change.Field == "lastUpdatePosted";

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
