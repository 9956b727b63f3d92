using System.CommandLine;
using CarTIngest.Screening;

namespace CarTIngest.Host.Commands;

/// <summary><c>links apart</c>: two records are not of one study, a person says.</summary>
internal static class LinksApartCommand
{
    public static Command Create() => LinkDecision.Verb(
        "apart",
        "Keeps two records apart for good, whatever clues say now or later; only a person's later word takes it back. Two publications that each belong to one registration stay in its study. It takes effect with the next night.",
        "links apart pmid:90000001 nct:NCT99000001 --because \"another cohort\" --as \"Ada Muster\"",
        (other, because) => new KeptApart(other, because));
}
