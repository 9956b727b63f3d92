using System.CommandLine;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary><c>queue tie</c>: a person is not free to judge a trial.</summary>
internal static class QueueTieCommand
{
    private static readonly Option<string?> Because = new("--because") { Description = "How: its investigator, its sponsor's adviser.", HelpName = "TEXT" };

    public static Command Create() => StudyDecision.Verb(
        "tie", "Declares a tie to a trial. Who has one decides nothing on it.", "queue tie nct:NCT99000001 --because \"its investigator\" --as \"Ada Muster\"", call => new TieDeclared(call.GetValue(Because)), Because);
}
