using System.Text.Json.Serialization;

namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>
/// A study as API v2 gives it (OpenAPI 2.0.5), as far as this house reads it. Names are the API's. Every member may be missing, null or empty; leaves
/// are text whatever their JSON kind. resultsSection and the other unread parts are passed over by the deserialiser, not built.
/// </summary>
internal sealed record StudyObject(ProtocolSection? ProtocolSection, bool? HasResults);

internal sealed record ProtocolSection(
    IdentificationModule? IdentificationModule,
    StatusModule? StatusModule,
    SponsorCollaboratorsModule? SponsorCollaboratorsModule,
    DescriptionModule? DescriptionModule,
    ConditionsModule? ConditionsModule,
    DesignModule? DesignModule,
    ArmsInterventionsModule? ArmsInterventionsModule,
    OutcomesModule? OutcomesModule,
    EligibilityModule? EligibilityModule,
    ContactsLocationsModule? ContactsLocationsModule,
    ReferencesModule? ReferencesModule);

internal sealed record IdentificationModule(
    string? NctId,
    IReadOnlyList<string?>? NctIdAliases,
    IReadOnlyList<SecondaryIdInfo?>? SecondaryIdInfos,
    string? BriefTitle,
    string? OfficialTitle,
    string? Acronym);

internal sealed record SecondaryIdInfo(string? Id, string? Type);

internal sealed record StatusModule(
    string? OverallStatus,
    string? WhyStopped,
    DateStruct? StartDateStruct,
    DateStruct? PrimaryCompletionDateStruct,
    DateStruct? CompletionDateStruct,
    DateStruct? StudyFirstPostDateStruct,
    DateStruct? LastUpdatePostDateStruct);

internal sealed record DateStruct(string? Date);

internal sealed record SponsorCollaboratorsModule(Sponsor? LeadSponsor, IReadOnlyList<Sponsor?>? Collaborators);

internal sealed record Sponsor(string? Name);

internal sealed record DescriptionModule(string? BriefSummary, string? DetailedDescription);

internal sealed record ConditionsModule(IReadOnlyList<string?>? Conditions, IReadOnlyList<string?>? Keywords);

internal sealed record DesignModule(string? StudyType, IReadOnlyList<string?>? Phases, EnrollmentInfo? EnrollmentInfo);

internal sealed record EnrollmentInfo(string? Count, string? Type);

internal sealed record ArmsInterventionsModule(IReadOnlyList<InterventionObject?>? Interventions);

internal sealed record InterventionObject(string? Type, string? Name, string? Description, IReadOnlyList<string?>? OtherNames);

internal sealed record OutcomesModule(IReadOnlyList<Outcome?>? PrimaryOutcomes);

internal sealed record Outcome(string? Measure, string? TimeFrame);

internal sealed record EligibilityModule(string? EligibilityCriteria);

internal sealed record ContactsLocationsModule(IReadOnlyList<Location?>? Locations);

internal sealed record Location(string? Country);

internal sealed record ReferencesModule(IReadOnlyList<Reference?>? References);

internal sealed record Reference(string? Pmid, string? Type, string? Citation);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(LenientText)],
    MaxDepth = ValueScan.MaxDepth)]
[JsonSerializable(typeof(StudyObject))]
internal sealed partial class StudyObjectContext : JsonSerializerContext;
