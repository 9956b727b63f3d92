using System.Globalization;
using System.Text.Json;
using CarTIngest.Records;

namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>Makes a <see cref="Trial"/> of a study object. Text stays as the API gives it; what cannot be taken (a date that is none, a count that is no number) is left out and counted.</summary>
internal static class TrialOfStudy
{
    /// <param name="root">The same study as JSON, for what the model does not hold.</param>
    public static Trial Map(NctId id, StudyObject study, JsonElement root, DriftTally drift)
    {
        var protocol = study.ProtocolSection;
        var identification = protocol?.IdentificationModule;
        var status = protocol?.StatusModule;
        var design = protocol?.DesignModule;
        return new Trial
        {
            NctId = id.Value,
            Aliases = Texts(identification?.NctIdAliases),
            BriefTitle = identification?.BriefTitle,
            OfficialTitle = identification?.OfficialTitle,
            Acronym = identification?.Acronym,
            Status = StudySchema.Statuses.Watch(status?.OverallStatus, drift),
            WhyStopped = status?.WhyStopped,
            StudyType = StudySchema.StudyTypes.Watch(design?.StudyType, drift),
            Phases = Each(design?.Phases, phase => StudySchema.Phases.Watch(phase, drift)!),
            Conditions = Texts(protocol?.ConditionsModule?.Conditions),
            Keywords = Texts(protocol?.ConditionsModule?.Keywords),
            Interventions = Each(protocol?.ArmsInterventionsModule?.Interventions, intervention => Of(intervention, drift)),
            Summary = protocol?.DescriptionModule?.BriefSummary,
            Description = protocol?.DescriptionModule?.DetailedDescription,
            Eligibility = protocol?.EligibilityModule?.EligibilityCriteria,
            Sponsor = protocol?.SponsorCollaboratorsModule?.LeadSponsor?.Name,
            Collaborators = Texts(protocol?.SponsorCollaboratorsModule?.Collaborators?.Select(collaborator => collaborator?.Name)),
            Enrollment = Of(design?.EnrollmentInfo, drift),
            Start = Date(status?.StartDateStruct, "startDateStruct", drift),
            PrimaryCompletion = Date(status?.PrimaryCompletionDateStruct, "primaryCompletionDateStruct", drift),
            Completion = Date(status?.CompletionDateStruct, "completionDateStruct", drift),
            FirstPosted = Date(status?.StudyFirstPostDateStruct, "studyFirstPostDateStruct", drift),
            LastUpdatePosted = Date(status?.LastUpdatePostDateStruct, "lastUpdatePostDateStruct", drift),
            HasResults = study.HasResults ?? (root.TryGetProperty("resultsSection", out var results) && results.ValueKind == JsonValueKind.Object),
            PrimaryOutcomes = Each(protocol?.OutcomesModule?.PrimaryOutcomes, outcome => new PrimaryOutcome(outcome.Measure, outcome.TimeFrame)),
            Countries = [.. Texts(protocol?.ContactsLocationsModule?.Locations?.Select(location => location?.Country)).Distinct(StringComparer.Ordinal)],
            SecondaryIds = SecondaryIds(identification?.SecondaryIdInfos, drift),
            References = Each(protocol?.ReferencesModule?.References, reference => Of(reference, drift)),
        };
    }

    private static Intervention Of(InterventionObject given, DriftTally drift) =>
        new(StudySchema.InterventionTypes.Watch(given.Type, drift), given.Name, Texts(given.OtherNames), given.Description);

    private static Enrollment? Of(EnrollmentInfo? given, DriftTally drift)
    {
        if (given is null or { Count: null, Type: null })
        {
            return null;
        }

        long? count = long.TryParse(given.Count, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : null;
        if (count is null && given.Count is not null)
        {
            drift.Met("designModule.enrollmentInfo.count (no whole number)");
        }

        return count is null && given.Type is null ? null : new Enrollment(count, StudySchema.EnrollmentTypes.Watch(given.Type, drift));
    }

    private static TrialReference Of(Reference given, DriftTally drift)
    {
        if (!Pmid.TryParse(given.Pmid, out var pmid) && given.Pmid is not null)
        {
            drift.Met("referencesModule.references.pmid (no PMID)");
        }

        return new TrialReference(pmid == default ? null : pmid.Value, StudySchema.ReferenceTypes.Watch(given.Type, drift), given.Citation);
    }

    private static List<SecondaryId> SecondaryIds(IReadOnlyList<SecondaryIdInfo?>? given, DriftTally drift)
    {
        var ids = new List<SecondaryId>(given?.Count ?? 0);
        foreach (var info in given ?? [])
        {
            if (info?.Id is { } id)
            {
                ids.Add(new SecondaryId(StudySchema.SecondaryIdTypes.Watch(info.Type, drift), id));
            }
            else
            {
                drift.Met("identificationModule.secondaryIdInfos (no id)");
            }
        }

        return ids;
    }

    private static PartialDate? Date(DateStruct? given, string member, DriftTally drift)
    {
        if (given?.Date is not { } text)
        {
            return null;
        }

        if (PartialDate.TryParse(text, out var date))
        {
            return date;
        }

        drift.Met($"statusModule.{member}.date (no date)");
        return null;
    }

    private static List<string> Texts(IEnumerable<string?>? given) => [.. (given ?? []).OfType<string>()];

    private static List<TMade> Each<TGiven, TMade>(IReadOnlyList<TGiven?>? given, Func<TGiven, TMade> make)
        where TGiven : class => [.. (given ?? []).OfType<TGiven>().Select(make)];
}
