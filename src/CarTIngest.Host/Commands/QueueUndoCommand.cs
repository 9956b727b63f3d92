using System.CommandLine;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary><c>queue undo</c>: an own vote is taken back.</summary>
internal static class QueueUndoCommand
{
    public static Command Create() => StudyDecision.Verb(
        "undo", "Takes an own vote back, so that one may vote again. Both stay in the chain.", "queue undo nct:NCT99000001 --stage title --as \"Ada Muster\"", call => new VoteUndone(call.GetValue(StudyDecision.AtStage)), StudyDecision.AtStage);
}
