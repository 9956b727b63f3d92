using System.CommandLine;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary><c>queue adjudicate</c>: a third person settles what two could not.</summary>
internal static class QueueAdjudicateCommand
{
    private static readonly Option<Choice> Settled = StudyDecision.OneOf<Choice>("--vote", "What; an adjudication includes or excludes.");

    public static Command Create() => StudyDecision.Verb(
        "adjudicate",
        "A third person settles a conflict, a conflict of reasons, or what nobody could tell.",
        "queue adjudicate nct:NCT99000001 --stage title --vote exclude --reason no_aml --as \"Cleo Muster\"",
        call => new Adjudication(call.GetValue(StudyDecision.AtStage), call.GetValue(Settled), call.GetValue(StudyDecision.Reason)),
        StudyDecision.AtStage, Settled, StudyDecision.Reason);
}
