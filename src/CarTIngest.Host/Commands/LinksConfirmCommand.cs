using System.CommandLine;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary><c>links confirm</c>: two records are of one study, a person says.</summary>
internal static class LinksConfirmCommand
{
    public static Command Create() => LinkDecision.Verb(
        "confirm",
        "Says that two records are of one study, above every clue, until a later word. It takes effect with the next night.",
        "links confirm pmid:90000001 nct:NCT99000001 --because \"same protocol number in the supplement\" --as \"Ada Muster\"",
        (other, because) => new LinkConfirmed(other, because));
}
