using CarTIngest.Eligibility.Terms;
using CarTIngest.Eligibility.Text;

namespace CarTIngest.Eligibility.Rules;

/// <summary>
/// What says in a publication that people were treated or observed: that they were, in words (patients received, were enrolled), that they were counted (seven patients),
/// or the kind of study in the title. "Patients with AML do badly" says nothing of the kind.
/// </summary>
internal static class Human
{
    /// <summary>How many words before "patients" a number still counts them: "12 heavily pretreated adult patients".</summary>
    private const int Reach = 5;

    public static IEnumerable<Mention> Of(Evidence evidence) =>
    [
        .. evidence.Record.Of(Concept.Treated).Where(mention => IsTold(evidence, mention)),
        .. evidence.Record.Of(Concept.Patients).Where(mention => IsTold(evidence, mention) && IsCounted(evidence.Record, mention)),
        .. evidence.Record.Of(Concept.TrialDesign).Where(mention => IsTold(evidence, mention) && (mention.Passage.Role == FieldRole.Title || evidence.Record.IsBeside(mention, Concept.Treated, Concept.ThisWork))),
    ];

    private static bool IsTold(Evidence evidence, Mention mention) =>
        mention.Passage.Role is FieldRole.Title or FieldRole.Body or FieldRole.Conclusion && evidence.TurnOf(mention) is not (Turn.Denied or Turn.Outlook) && (IsPhase(mention) || !evidence.Record.IsBeside(mention, Concept.Preclinical));

    /// <summary>"Preclinical evaluation and phase I trial" is of people too.</summary>
    private static bool IsPhase(Mention mention) => mention.Concept == Concept.TrialDesign && mention.Passage.Role == FieldRole.Title;

    private static bool IsCounted(MarkedRecord record, Mention patients)
    {
        var words = patients.Passage.Words;
        for (var at = patients.First - 1; at >= Math.Max(0, patients.First - Reach) && patients.Passage.Sentences[at] == patients.Sentence; at--)
        {
            if (char.IsDigit(words[at].Cased[0]) || record.In(patients.Passage).Any(mention => mention.Concept == Concept.Number && mention.First == at))
            {
                return true;
            }
        }

        return false;
    }
}
