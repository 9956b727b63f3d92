using System.CommandLine;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary><c>queue decide</c>: a vote by script.</summary>
internal static class QueueDecideCommand
{
    private static readonly Option<Choice> Voted = StudyDecision.OneOf<Choice>("--vote", "What.");

    public static Command Create() => StudyDecision.Verb(
        "decide",
        "A person's vote, given by a script. It is kept for good; an own vote may be taken back, never rewritten.",
        "queue decide nct:NCT99000001 --stage title --vote include --as \"Ada Muster\"",
        call => new Vote(call.GetValue(StudyDecision.AtStage), call.GetValue(Voted), call.GetValue(StudyDecision.Reason)),
        StudyDecision.AtStage, Voted, StudyDecision.Reason);
}
