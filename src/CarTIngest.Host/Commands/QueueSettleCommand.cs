using System.CommandLine;
using CarTIngest.Records;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary><c>queue settle</c>: a person has done what a task asked for.</summary>
internal static class QueueSettleCommand
{
    private static readonly Option<TaskKind> Task = StudyDecision.OneOf<TaskKind>("--task", "The task, as queue --tasks lists it.");

    private static readonly Option<TaskCause> Because = StudyDecision.OneOf<TaskCause>("--because", "What asked for it.");

    private static readonly Option<string> By = new("--by") { Description = "The record that it came by.", Required = true, HelpName = "ID" };

    private static readonly Option<DateOnly?> Since = ExportCommand.Day("--since", "The night that asked for it.");

    public static Command Create() => StudyDecision.Verb(
        "settle",
        "Says that what a task asked for is done. The same may be asked for again later.",
        "queue settle nct:NCT99000001 --task update_data --because new_report --by pmid:90000001 --since 2026-05-16 --as \"Ada Muster\"",
        call => new TaskSettled(call.GetValue(Task), call.GetValue(Because), Record(call.GetValue(By)!), call.GetValue(Since) ?? throw new UsageException("A task is of a night: add --since yyyy-MM-dd, as `cartingest queue --tasks` lists it.")),
        Task, Because, By, Since);

    private static RecordId Record(string text) => RecordId.TryParse(text, out var id) ? id : throw new UsageException($"--by {text}: write a record's id, such as pmid:90000001 or nct:NCT99000001.");
}
