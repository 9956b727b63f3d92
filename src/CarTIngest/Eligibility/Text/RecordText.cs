using CarTIngest.Records;

namespace CarTIngest.Eligibility.Text;

/// <summary>All that a record says in words, as passages with what each is there to tell, in the order of its line.</summary>
internal static class RecordText
{
    public static IReadOnlyList<Passage> Of(SourceRecord record, Sections sections) => record switch
    {
        Trial trial => [.. OfTrial(trial, sections)],
        Publication publication => [.. OfPublication(publication, sections)],
        _ => [],
    };

    private static List<Passage> OfTrial(Trial trial, Sections sections)
    {
        var one = new List<Passage>();
        Add("briefTitle", FieldRole.Title, trial.BriefTitle);
        Add("officialTitle", FieldRole.Title, trial.OfficialTitle);
        Add("acronym", FieldRole.Title, trial.Acronym);
        AddAll("conditions", FieldRole.Condition, trial.Conditions);
        AddAll("keywords", FieldRole.Keyword, trial.Keywords);
        for (var at = 0; at < trial.Interventions.Count; at++)
        {
            var intervention = trial.Interventions[at];
            Add($"interventions[{at}].name", FieldRole.Intervention, intervention.Name);
            AddAll($"interventions[{at}].otherNames", FieldRole.Intervention, intervention.OtherNames);
            Add($"interventions[{at}].description", FieldRole.InterventionDescription, intervention.Description);
        }

        Add("summary", FieldRole.Summary, trial.Summary);
        Add("description", FieldRole.Description, trial.Description);
        if (trial.Eligibility is { } criteria)
        {
            one.AddRange(sections.OfEligibility("eligibility", criteria));
        }

        for (var at = 0; at < trial.PrimaryOutcomes.Count; at++)
        {
            Add($"primaryOutcomes[{at}].measure", FieldRole.Outcome, trial.PrimaryOutcomes[at].Measure);
        }

        return one;

        void Add(string field, FieldRole role, string? stored)
        {
            if (!string.IsNullOrEmpty(stored))
            {
                one.Add(Passage.Of(field, role, stored));
            }
        }

        void AddAll(string field, FieldRole role, IReadOnlyList<string> stored)
        {
            for (var at = 0; at < stored.Count; at++)
            {
                Add($"{field}[{at}]", role, stored[at]);
            }
        }
    }

    private static IEnumerable<Passage> OfPublication(Publication publication, Sections sections)
    {
        yield return Passage.Of("title", FieldRole.Title, publication.Title);
        if (publication.VernacularTitle is { } vernacular)
        {
            yield return Passage.Of("vernacularTitle", FieldRole.Title, vernacular);
        }

        for (var at = 0; at < publication.Abstract.Count; at++)
        {
            foreach (var passage in sections.OfAbstract($"abstract[{at}].text", publication.Abstract[at].Label, publication.Abstract[at].Text))
            {
                yield return passage;
            }
        }

        // Another abstract is the same one for other readers or in another language; it counts where there is no first.
        for (var at = 0; at < publication.OtherAbstracts.Count && publication.Abstract.Count == 0; at++)
        {
            foreach (var passage in sections.OfAbstract($"otherAbstracts[{at}].text", null, publication.OtherAbstracts[at].Text))
            {
                yield return passage;
            }
        }

        for (var at = 0; at < publication.Keywords.Count; at++)
        {
            yield return Passage.Of($"keywords[{at}]", FieldRole.Keyword, publication.Keywords[at]);
        }

        for (var at = 0; at < publication.Mesh.Count; at++)
        {
            yield return Passage.Of($"mesh[{at}].descriptor", FieldRole.Index, publication.Mesh[at].Descriptor);
        }
    }
}
