using System.Text;

namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>
/// The member names that a study may have (OpenAPI 2.0.5), whether read or not, and the values of its enumerations that are read. What is not here is counted as drift.
/// A line is a path and its members; <c>*</c> says that what lies below is not watched: parts that stay in the raw bytes.
/// </summary>
internal static class StudySchema
{
    private const string Members = """
        : protocolSection resultsSection* annotationSection* documentSection* derivedSection hasResults
        derivedSection: miscInfoModule* conditionBrowseModule* interventionBrowseModule*
        protocolSection: identificationModule statusModule sponsorCollaboratorsModule oversightModule descriptionModule conditionsModule designModule
        protocolSection: armsInterventionsModule outcomesModule eligibilityModule contactsLocationsModule referencesModule ipdSharingStatementModule
        protocolSection.identificationModule: nctId nctIdAliases orgStudyIdInfo secondaryIdInfos briefTitle officialTitle acronym organization
        protocolSection.identificationModule.orgStudyIdInfo: id type link
        protocolSection.identificationModule.secondaryIdInfos: id type domain link
        protocolSection.identificationModule.organization: fullName class
        protocolSection.statusModule: statusVerifiedDate overallStatus lastKnownStatus delayedPosting whyStopped expandedAccessInfo startDateStruct
        protocolSection.statusModule: primaryCompletionDateStruct completionDateStruct studyFirstSubmitDate studyFirstSubmitQcDate studyFirstPostDateStruct
        protocolSection.statusModule: resultsWaived resultsFirstSubmitDate resultsFirstSubmitQcDate resultsFirstPostDateStruct dispFirstSubmitDate
        protocolSection.statusModule: dispFirstSubmitQcDate dispFirstPostDateStruct lastUpdateSubmitDate lastUpdatePostDateStruct
        protocolSection.statusModule.expandedAccessInfo: hasExpandedAccess nctId statusForNctId
        protocolSection.statusModule.startDateStruct: date type
        protocolSection.statusModule.primaryCompletionDateStruct: date type
        protocolSection.statusModule.completionDateStruct: date type
        protocolSection.statusModule.studyFirstPostDateStruct: date type
        protocolSection.statusModule.resultsFirstPostDateStruct: date type
        protocolSection.statusModule.dispFirstPostDateStruct: date type
        protocolSection.statusModule.lastUpdatePostDateStruct: date type
        protocolSection.sponsorCollaboratorsModule: responsibleParty leadSponsor collaborators
        protocolSection.sponsorCollaboratorsModule.responsibleParty: type investigatorFullName investigatorTitle investigatorAffiliation oldNameTitle oldOrganization
        protocolSection.sponsorCollaboratorsModule.leadSponsor: name class
        protocolSection.sponsorCollaboratorsModule.collaborators: name class
        protocolSection.oversightModule: oversightHasDmc isFdaRegulatedDrug isFdaRegulatedDevice isUnapprovedDevice isPpsd isUsExport fdaaa801Violation
        protocolSection.descriptionModule: briefSummary detailedDescription
        protocolSection.conditionsModule: conditions keywords
        protocolSection.designModule: studyType nPtrsToThisExpAccNctId expandedAccessTypes patientRegistry targetDuration phases designInfo bioSpec enrollmentInfo
        protocolSection.designModule.expandedAccessTypes: individual intermediate treatment
        protocolSection.designModule.designInfo: allocation interventionModel interventionModelDescription primaryPurpose observationalModel timePerspective maskingInfo
        protocolSection.designModule.designInfo.maskingInfo: masking maskingDescription whoMasked
        protocolSection.designModule.bioSpec: retention description
        protocolSection.designModule.enrollmentInfo: count type
        protocolSection.armsInterventionsModule: armGroups interventions
        protocolSection.armsInterventionsModule.armGroups: label type description interventionNames
        protocolSection.armsInterventionsModule.interventions: type name description armGroupLabels otherNames
        protocolSection.outcomesModule: primaryOutcomes secondaryOutcomes otherOutcomes
        protocolSection.outcomesModule.primaryOutcomes: measure description timeFrame
        protocolSection.outcomesModule.secondaryOutcomes: measure description timeFrame
        protocolSection.outcomesModule.otherOutcomes: measure description timeFrame
        protocolSection.eligibilityModule: eligibilityCriteria healthyVolunteers sex genderBased genderDescription minimumAge maximumAge stdAges studyPopulation samplingMethod
        protocolSection.contactsLocationsModule: centralContacts overallOfficials locations
        protocolSection.contactsLocationsModule.centralContacts: name role phone phoneExt email
        protocolSection.contactsLocationsModule.overallOfficials: name affiliation role
        protocolSection.contactsLocationsModule.locations: facility status city state zip country contacts geoPoint
        protocolSection.contactsLocationsModule.locations.contacts: name role phone phoneExt email
        protocolSection.contactsLocationsModule.locations.geoPoint: lat lon
        protocolSection.referencesModule: references seeAlsoLinks availIpds
        protocolSection.referencesModule.references: pmid type citation retractions
        protocolSection.referencesModule.references.retractions: pmid source
        protocolSection.referencesModule.seeAlsoLinks: label url
        protocolSection.referencesModule.availIpds: id type url comment
        protocolSection.ipdSharingStatementModule: ipdSharing description infoTypes timeFrame accessCriteria url
        """;

    public static StudyMember Root { get; } = Parse();

    public static KnownValues Statuses { get; } = new(
        "statusModule.overallStatus",
        "ACTIVE_NOT_RECRUITING COMPLETED ENROLLING_BY_INVITATION NOT_YET_RECRUITING RECRUITING SUSPENDED TERMINATED WITHDRAWN AVAILABLE NO_LONGER_AVAILABLE "
        + "TEMPORARILY_NOT_AVAILABLE APPROVED_FOR_MARKETING WITHHELD UNKNOWN");

    public static KnownValues StudyTypes { get; } = new("designModule.studyType", "EXPANDED_ACCESS INTERVENTIONAL OBSERVATIONAL");

    public static KnownValues Phases { get; } = new("designModule.phases", "NA EARLY_PHASE1 PHASE1 PHASE2 PHASE3 PHASE4");

    public static KnownValues EnrollmentTypes { get; } = new("designModule.enrollmentInfo.type", "ACTUAL ESTIMATED");

    public static KnownValues InterventionTypes { get; } = new(
        "armsInterventionsModule.interventions.type",
        "BEHAVIORAL BIOLOGICAL COMBINATION_PRODUCT DEVICE DIAGNOSTIC_TEST DIETARY_SUPPLEMENT DRUG GENETIC PROCEDURE RADIATION OTHER");

    public static KnownValues ReferenceTypes { get; } = new("referencesModule.references.type", "BACKGROUND RESULT DERIVED");

    public static KnownValues SecondaryIdTypes { get; } = new(
        "identificationModule.secondaryIdInfos.type", "NIH FDA VA CDC AHRQ SAMHSA OTHER_GRANT EUDRACT_NUMBER CTIS REGISTRY OTHER");

    private static StudyMember Parse()
    {
        var root = new StudyMember([], Watched: true);
        foreach (var line in Members.Split('\n', StringSplitOptions.TrimEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var at = root;
            foreach (var step in line[..colon].Split('.', StringSplitOptions.RemoveEmptyEntries))
            {
                at = at.Find(Encoding.UTF8.GetBytes(step)) ?? throw new InvalidOperationException($"The line '{line}' stands before the one that names {step}.");
            }

            foreach (var name in line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                at.Add(new StudyMember(Encoding.UTF8.GetBytes(name.TrimEnd('*')), !name.EndsWith('*')));
            }
        }

        return root;
    }
}
