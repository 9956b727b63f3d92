using CarTIngest.Eligibility.Terms;
using CarTIngest.Eligibility.Text;

namespace CarTIngest.Eligibility.Rules;

/// <summary>A registration is of people, treated or observed.</summary>
internal sealed class Registered : IEligibilityRule
{
    public string Name => "registered";

    public Criterion Criterion => Criterion.Design;

    public IEnumerable<RuleFinding> Read(Evidence evidence)
    {
        if (evidence.Record.Trial is { } trial)
        {
            yield return new RuleFinding(Bearing.Met, "It is a registration, of people treated or observed.", [new Quote("nctId", 0, trial.NctId.Length, trial.NctId)]);
        }
    }
}

/// <summary>What PubMed says a publication is.</summary>
internal sealed class PublicationKind(Lexicon lexicon) : IEligibilityRule
{
    private static readonly (Concept Concept, Bearing Bearing, string Reason)[] Kinds =
    [
        (Concept.TypeNoOriginalData, Bearing.Bars, "PubMed types it as a publication without patients of its own."),
        (Concept.TypeTrial, Bearing.Met, "PubMed types it as a clinical study."),
        (Concept.TypeConference, Bearing.NamedCase, "It is a conference abstract."),
        (Concept.TypeProtocol, Bearing.NamedCase, "It is the protocol of a study."),
    ];

    public string Name => "publication_type";

    public Criterion Criterion => Criterion.Design;

    public IEnumerable<RuleFinding> Read(Evidence evidence)
    {
        var types = evidence.Record.Publication?.PublicationTypes ?? [];
        for (var at = 0; at < types.Count; at++)
        {
            var passage = Passage.Of($"publicationTypes[{at}]", FieldRole.Other, types[at]);
            foreach (var said in lexicon.Scan(passage))
            {
                foreach (var (_, bearing, reason) in Kinds.Where(kind => kind.Concept == said.Concept))
                {
                    yield return RuleFinding.Of(bearing, reason, [said]);
                }
            }
        }
    }
}

/// <summary>Patients were enrolled, treated or followed: the text says so.</summary>
internal sealed class PatientsTreated : IEligibilityRule
{
    public string Name => "patients_treated";

    public Criterion Criterion => Criterion.Design;

    public IEnumerable<RuleFinding> Read(Evidence evidence)
    {
        if (evidence.Record.Publication is null)
        {
            yield break;
        }

        var said = Human.Of(evidence).ToList();
        if (said.Count > 0)
        {
            yield return RuleFinding.Of(Bearing.Met, "Patients were treated or observed.", said);
        }
    }
}

/// <summary>Work on cells and animals alone.</summary>
internal sealed class PreclinicalOnly : IEligibilityRule
{
    public string Name => "preclinical_only";

    public Criterion Criterion => Criterion.Design;

    public IEnumerable<RuleFinding> Read(Evidence evidence)
    {
        if (evidence.Record.Publication is null)
        {
            yield break;
        }

        var work = evidence.Record.Of(Concept.Preclinical, Concept.ExVivo).Where(mention => mention.Passage.Role is not FieldRole.Background).ToList();
        if (work.Count > 0 && !Human.Of(evidence).Any())
        {
            yield return RuleFinding.Of(Bearing.Bars, "Cells and animals are named, and no patients who were treated.", work);
        }
    }
}

/// <summary>The title says that others' work is reviewed, commented on or modelled.</summary>
internal sealed class NoOriginalData : IEligibilityRule
{
    public string Name => "no_original_data";

    public Criterion Criterion => Criterion.Design;

    public IEnumerable<RuleFinding> Read(Evidence evidence)
    {
        if (evidence.Record.Publication is null)
        {
            yield break;
        }

        var words = evidence.Record.Of(Concept.Review, Concept.NoPatients).Where(mention => evidence.TurnOf(mention) != Turn.Denied).ToList();
        var inTitle = words.Where(mention => mention.Passage.Role == FieldRole.Title).ToList();
        var patients = Human.Of(evidence).Any() || evidence.InTitle(Concept.CaseReport).Any();
        if ((inTitle.Count > 0 && !Human.Of(evidence).Any(mention => mention.Passage.Role != FieldRole.Title) && !evidence.InTitle(Concept.CaseReport, Concept.TrialDesign).Any())
            || (words.Count > 0 && !patients))
        {
            yield return RuleFinding.Of(Bearing.Bars, "It reviews, comments or models the work of others.", inTitle.Count > 0 ? inTitle : words);
        }
    }
}

/// <summary>One patient's story that names no registered trial: a person decides.</summary>
internal sealed class SingleCase(Lexicon lexicon) : IEligibilityRule
{
    public string Name => "case_report";

    public Criterion Criterion => Criterion.Design;

    public IEnumerable<RuleFinding> Read(Evidence evidence)
    {
        if (evidence.Record.Publication is not { } publication)
        {
            yield break;
        }

        var typed = publication.PublicationTypes.Select((type, at) => Passage.Of($"publicationTypes[{at}]", FieldRole.Other, type)).SelectMany(lexicon.Scan).Where(said => said.Concept == Concept.TypeCaseReport);
        var said = typed.Concat(evidence.Record.Of(Concept.CaseReport).Where(mention => mention.Passage.Role is FieldRole.Title or FieldRole.Body)).ToList();
        var registered = publication.RegistryNumbers.Count > 0 || evidence.Record.Of(Concept.RegistryNumber).Any();
        if (said.Count > 0)
        {
            yield return RuleFinding.Of(Bearing.Met, "A patient's case is told.", said);
        }

        if (said.Count > 0 && !registered)
        {
            yield return RuleFinding.Of(Bearing.NamedCase, "It is a case report that names no registered trial.", said);
        }
    }
}

/// <summary>Kinds of study that the protocol names as possible: protocols, conference abstracts, long-term follow-up, collection of cells.</summary>
internal sealed class NamedDesigns : IEligibilityRule
{
    private static readonly (Concept Concept, string Reason)[] Cases =
    [
        (Concept.Protocol, "It is the protocol of a study that has no results yet."),
        (Concept.Conference, "It is a conference abstract."),
        (Concept.LongTermFollowUp, "It follows people who had CAR-T cells in other studies."),
        (Concept.Collection, "It collects cells or screens people for a programme, and gives nothing."),
        (Concept.HealthyDonors, "It is of healthy donors."),
    ];

    public string Name => "named_design";

    public Criterion Criterion => Criterion.Design;

    public IEnumerable<RuleFinding> Read(Evidence evidence)
    {
        foreach (var (concept, reason) in Cases)
        {
            var named = evidence.InTitle(concept).ToList();
            if (named.Count > 0)
            {
                yield return RuleFinding.Of(Bearing.NamedCase, reason, named);
            }
        }
    }
}

/// <summary>A title and nothing else cannot tell whether anybody was treated.</summary>
internal sealed class TitleAlone : IEligibilityRule
{
    public string Name => "title_alone";

    public Criterion Criterion => Criterion.Design;

    public IEnumerable<RuleFinding> Read(Evidence evidence)
    {
        if (evidence.Record.TitleOnly)
        {
            yield return new RuleFinding(Bearing.Open, "There is a title and no abstract: whether people were treated cannot be told.", []);
        }
    }
}

/// <summary>What says that people were treated or observed.</summary>
internal static class Human
{
    public static IEnumerable<Mention> Of(Evidence evidence) =>
        evidence.Record.Of(Concept.Treated, Concept.TrialDesign)
            .Where(mention => mention.Passage.Role is FieldRole.Title or FieldRole.Body or FieldRole.Conclusion)
            .Where(mention => evidence.TurnOf(mention) is Turn.None or Turn.After or Turn.Prior && !evidence.Record.IsBeside(mention, Concept.Preclinical));
}
