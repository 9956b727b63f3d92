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
        // "Case report and review of the literature" has a patient of its own.
        var tellsACase = types.Contains("Case Reports");
        for (var at = 0; at < types.Count; at++)
        {
            var passage = Passage.Of($"publicationTypes[{at}]", FieldRole.Other, types[at]);
            foreach (var said in lexicon.Scan(passage))
            {
                foreach (var (_, bearing, reason) in Kinds.Where(kind => kind.Concept == said.Concept && !(tellsACase && kind.Bearing == Bearing.Bars)))
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

        var animals = evidence.InTitle(Concept.Animals).ToList();
        var title = evidence.InTitle(Concept.Preclinical, Concept.Samples).ToList();
        var work = evidence.Record.Of(Concept.Preclinical, Concept.ExVivo, Concept.Samples, Concept.Animals).Where(mention => mention.Passage.Role is not (FieldRole.Background or FieldRole.Index)).ToList();
        var people = Human.Of(evidence).ToList();
        // A laboratory names patients too, as givers of samples: where it works on cells and animals, somebody must have been given something.
        var given = Human.WereGiven(evidence) || evidence.InTitle(Concept.TrialDesign, Concept.CaseReport).Any();
        var laboratory = work.Where(mention => mention.Concept is Concept.Preclinical || mention.Passage.Role == FieldRole.Title).ToList();
        var said = animals.Count > 0 ? animals
            : laboratory.Count > 0 && !given ? laboratory
            : title.Count > 0 && !people.Exists(mention => mention.Passage.Role == FieldRole.Title || mention.Concept == Concept.Treated) ? title
            : people.Count == 0 ? work
            : [];
        if (said.Count > 0)
        {
            yield return RuleFinding.Of(Bearing.Bars, "Cells and animals are named, and no patients who were treated.", said);
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

        var patients = Human.Of(evidence).Where(mention => mention.Passage.Role != FieldRole.Title).ToList();
        var ownCase = evidence.InTitle(Concept.CaseReport).Any() || evidence.Record.Publication.PublicationTypes.Contains("Case Reports");
        var pooled = evidence.InTitle(Concept.Pooled).ToList();
        var title = evidence.InTitle(Concept.Review).ToList();
        var none = evidence.InTitle(Concept.NoPatients, Concept.Economics).ToList();
        var body = evidence.Record.Of(Concept.Review, Concept.Pooled, Concept.Economics).Where(mention => mention.Passage.Role is FieldRole.Background or FieldRole.Body or FieldRole.Conclusion).ToList();
        var said = pooled.Count > 0 && !ownCase ? pooled
            : none.Count > 0 && !ownCase && !evidence.InTitle(Concept.TrialDesign).Any() ? none
            : title.Count > 0 && !ownCase && patients.Count == 0 && !evidence.InTitle(Concept.TrialDesign).Any() ? title
            : body.Count > 0 && !ownCase && (patients.Count == 0 || (body.Exists(mention => mention.Concept == Concept.Economics) && !Human.WereGiven(evidence))) ? body
            : [];
        if (said.Count > 0)
        {
            yield return RuleFinding.Of(Bearing.Bars, "It reviews, pools, comments on or models the work of others.", said);
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
        var said = typed.Concat(evidence.InTitle(Concept.CaseReport)).Concat(Human.SingleCase(evidence)).ToList();
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
            if ((concept == Concept.Protocol && evidence.Record.Trial is not null) || (concept == Concept.HealthyDonors && Human.Of(evidence).Any()))
            {
                continue;
            }

            var named = evidence.Record.Of(concept).Where(mention => mention.Passage.Role == FieldRole.Title || (concept == Concept.LongTermFollowUp && IsWhatItIs(evidence, mention))).ToList();
            if (named.Count > 0)
            {
                yield return RuleFinding.Of(Bearing.NamedCase, reason, named);
            }
        }
    }

    /// <summary>Other studies have a long-term follow-up too; those that are nothing else say so at the start of the summary and give nothing.</summary>
    private static bool IsWhatItIs(Evidence evidence, Mention mention) =>
        mention.Passage.Role == FieldRole.Summary && mention.Sentence == 0 && evidence.Record.Trial is { } trial && !trial.Interventions.Any(intervention => intervention.Name is not null);
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
