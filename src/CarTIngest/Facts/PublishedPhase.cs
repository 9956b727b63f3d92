using CarTIngest.Eligibility;
using CarTIngest.Eligibility.Rules;
using CarTIngest.Eligibility.Text;

namespace CarTIngest.Facts;

/// <summary>
/// The phase of the trial that a publication reports: of its title, else of PubMed's publication types, else of its abstract where the sentence speaks of this work. The
/// recommended phase 2 dose, trials that are planned, and other people's trials are not it. Two that disagree are silence.
/// </summary>
internal static class PublishedPhase
{
    private const string TypePrefix = "Clinical Trial, Phase ";

    private static readonly HashSet<string> Elsewhere = new(StringComparer.Ordinal)
    {
        "planned", "plan", "planning", "future", "subsequent", "upcoming", "warrant", "warranted", "previous", "previously", "prior", "earlier", "other", "another", "will", "support", "supporting", "proceed", "pave", "justify", "await", "toward", "before",
    };

    private static readonly HashSet<string> ThisWork = new(StringComparer.Ordinal) { "this", "our", "we", "here", "herein", "present" };

    /// <summary>Of a dose after a phase: "phase 1 dose escalation" is one, "the recommended phase 2 dose" is none.</summary>
    private static readonly HashSet<string> DoseSteps = new(StringComparer.Ordinal) { "escalation", "escalating", "expansion", "finding", "ranging", "optimization" };

    public static Fact? Of(Evidence evidence)
    {
        var passages = evidence.Record.Passages;
        return Agreed(passages.Where(passage => passage.Role == FieldRole.Title).SelectMany(passage => PhasesIn(passage).Where(phase => !IsOfSeveral(passage, phase))))
            ?? OfTypes(evidence.Record.Publication?.PublicationTypes ?? [])
            ?? Agreed(passages.Where(passage => passage.Role == FieldRole.Body).SelectMany(passage => PhasesIn(passage).Where(phase => !IsOfSeveral(passage, phase) && IsOfThisWork(passage, phase))));
    }

    private static Fact? OfTypes(IReadOnlyList<string> types)
    {
        var found = types.Index()
            .Where(type => type.Item.StartsWith(TypePrefix, StringComparison.Ordinal) && PhaseNumber.Read(type.Item[TypePrefix.Length..]) > 0)
            .Select(type => (Name: PhaseNumber.NameOf(PhaseNumber.Read(type.Item[TypePrefix.Length..])), Quote: new Quote($"publicationTypes[{type.Index}]", 0, type.Item.Length, type.Item)))
            .OrderBy(type => type.Name, StringComparer.Ordinal).ToList();
        return found.Count == 0 ? null : new Fact(FactKind.Phase, [.. found.Select(type => type.Name).Distinct()], [.. found.Select(type => type.Quote)]);
    }

    private static Fact? Agreed(IEnumerable<PhaseRead> read)
    {
        var all = read.ToList();
        return all.Count > 0 && all.TrueForAll(phase => phase.Names.SequenceEqual(all[0].Names, StringComparer.Ordinal)) ? new Fact(FactKind.Phase, all[0].Names, [all[0].Quote]) : null;
    }

    private static IEnumerable<PhaseRead> PhasesIn(Passage passage) =>
        Enumerable.Range(0, passage.Words.Count).Select(at => PhaseNumber.At(passage, at)).OfType<PhaseRead>().Where(phase => !IsDose(passage, phase.Last + 1));

    private static bool IsDose(Passage passage, int next) =>
        next < passage.Words.Count && passage.Words[next].Key == "dose" && !(next + 1 < passage.Words.Count && DoseSteps.Contains(passage.Words[next + 1].Key));

    /// <summary>"phase 1 trials": of several, and not of one that is reported.</summary>
    private static bool IsOfSeveral(Passage passage, PhaseRead phase)
    {
        for (var at = phase.Last + 1; at < passage.Words.Count && at <= phase.Last + 4 && passage.Words[at].Before <= Gap.Comma; at++)
        {
            if (passage.Words[at].Key is "trial" or "study")
            {
                return passage.IsPlural(at) || passage.Stored[passage.Words[at].Start..passage.Words[at].End].EndsWith("ies", StringComparison.OrdinalIgnoreCase);
            }
        }

        return false;
    }

    private static bool IsOfThisWork(Passage passage, PhaseRead phase)
    {
        var (first, last) = passage.SentenceOf(phase.First);
        return passage.Holds(first, last, ThisWork) && !passage.Holds(first, last, Elsewhere);
    }
}
