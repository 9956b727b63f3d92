using System.CommandLine;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary><c>queue class</c>: the class people give a study.</summary>
internal static class QueueClassCommand
{
    private static readonly Option<StudyClass> Given = StudyDecision.OneOf<StudyClass>("--class", "What the study is to the review.");

    public static Command Create() => StudyDecision.Verb(
        "class",
        "Gives a study its class. An earlier one stays in its history.",
        "queue class nct:NCT99000001 --class ongoing --as \"Ada Muster\"",
        call => new Classed(call.GetValue(Given), call.GetValue(StudyDecision.Reason)),
        Given, StudyDecision.Reason);
}
