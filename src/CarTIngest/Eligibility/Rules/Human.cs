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
        .. evidence.Record.Of(Concept.Patients).Where(mention => IsTold(evidence, mention) && IsCounted(evidence.Record, mention) && evidence.Record.IsBeside(mention, Concept.Treated, Concept.TreatedHint)),
        .. evidence.InTitle(Concept.Patients).Where(mention => IsTold(evidence, mention) && (evidence.Record.IsBeside(mention, Concept.TreatedHint) || IsCounted(evidence.Record, mention))),
        .. evidence.Record.Of(Concept.TrialDesign).Where(mention => IsTold(evidence, mention) && (mention.Passage.Role == FieldRole.Title || evidence.Record.IsBeside(mention, Concept.Treated, Concept.ThisWork))),
    ];

    /// <summary>A patient of a certain age and sex in the body of an abstract that counts no others.</summary>
    public static IEnumerable<Mention> SingleCase(Evidence evidence)
    {
        var told = evidence.Record.Of(Concept.CaseBody).Where(mention => mention.Passage.Role == FieldRole.Body).ToList();
        var others = evidence.Record.Of(Concept.Patients).Any(mention => IsPlural(mention) && IsTold(evidence, mention) && IsCounted(evidence.Record, mention));
        return told.Count == 1 && !others && !evidence.InTitle(Concept.TrialDesign).Any() ? told : [];
    }

    /// <summary>Whether the text speaks of giving cells, or of what comes of it.</summary>
    public static bool WereGiven(Evidence evidence) =>
        evidence.Record.Of(Concept.Infused).Any(mention => mention.Passage.Role is FieldRole.Title or FieldRole.Body or FieldRole.Conclusion && evidence.TurnOf(mention) is not (Turn.Denied or Turn.Outlook) && !evidence.Record.IsBeside(mention, Concept.Preclinical));

    private static bool IsPlural(Mention patients) => patients.Quote.Text.EndsWith('s');

    private static bool IsTold(Evidence evidence, Mention mention) =>
        mention.Passage.Role is FieldRole.Title or FieldRole.Body or FieldRole.Conclusion
        && evidence.TurnOf(mention) is not (Turn.Denied or Turn.Outlook)
        && !IsInGeneral(evidence.Record, mention)
        && (IsPhase(mention) || !evidence.Record.IsBeside(mention, Concept.Preclinical, Concept.Samples));

    /// <summary>"Half of the patients face relapse" tells of the disease; "half of the patients relapsed" of ours.</summary>
    private static bool IsInGeneral(MarkedRecord record, Mention mention) =>
        record.Beside(mention).Any(known => known.Concept == Concept.TurnBackground && known.First <= mention.Last && mention.First <= known.Last);

    /// <summary>"Preclinical evaluation and phase I trial" is of people too.</summary>
    private static bool IsPhase(Mention mention) => mention.Concept == Concept.TrialDesign && mention.Passage.Role == FieldRole.Title;

    /// <summary>Whether a number counts those who have what a mention names: "seven with AML", "AML (n = 5)".</summary>
    public static bool IsCountedBeside(MarkedRecord record, Mention mention)
    {
        var words = mention.Passage.Words;
        var after = mention.Last + 1;
        return IsCounted(record, mention)
            || (after + 1 < words.Count && words[after].Key == "n" && char.IsDigit(words[after + 1].Cased[0]))
            || (after < words.Count && words[after].Before == Gap.Mark && char.IsDigit(words[after].Cased[0]));
    }

    private static bool IsCounted(MarkedRecord record, Mention patients)
    {
        var words = patients.Passage.Words;
        for (var at = patients.First - 1; at >= Math.Max(0, patients.First - Reach) && patients.Passage.Sentences[at] == patients.Sentence; at--)
        {
            if (char.IsDigit(words[at].Cased[0]) || record.InSentence(patients).Any(mention => mention.Concept == Concept.Number && mention.First == at))
            {
                return true;
            }
        }

        return false;
    }
}
