using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CarTIngest.Rehearsal.Registry;

/// <summary>The <c>fields</c> parameter: a few pieces, and every section or module by its name or path. What a study lacks is absent from its projection.</summary>
internal sealed class StudyFields
{
    private static readonly FrozenDictionary<string, string> Pieces = new Dictionary<string, string>
    {
        ["NCTId"] = "protocolSection.identificationModule.nctId",
        ["NCTIdAlias"] = "protocolSection.identificationModule.nctIdAliases",
        ["BriefTitle"] = "protocolSection.identificationModule.briefTitle",
        ["OfficialTitle"] = "protocolSection.identificationModule.officialTitle",
        ["OverallStatus"] = "protocolSection.statusModule.overallStatus",
        ["WhyStopped"] = "protocolSection.statusModule.whyStopped",
        ["StartDate"] = "protocolSection.statusModule.startDateStruct.date",
        ["StudyFirstPostDate"] = "protocolSection.statusModule.studyFirstPostDateStruct.date",
        ["LastUpdatePostDate"] = "protocolSection.statusModule.lastUpdatePostDateStruct.date",
        ["EnrollmentCount"] = "protocolSection.designModule.enrollmentInfo.count",
        ["StudyType"] = "protocolSection.designModule.studyType",
        ["Phase"] = "protocolSection.designModule.phases",
        ["Condition"] = "protocolSection.conditionsModule.conditions",
        ["VersionHolder"] = "derivedSection.miscInfoModule.versionHolder",
        ["HasResults"] = "hasResults",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string[]> Modules = new Dictionary<string, string[]>
    {
        ["protocolSection"] =
        [
            "identificationModule", "statusModule", "sponsorCollaboratorsModule", "oversightModule", "descriptionModule", "conditionsModule", "designModule",
            "armsInterventionsModule", "outcomesModule", "eligibilityModule", "contactsLocationsModule", "referencesModule", "ipdSharingStatementModule",
        ],
        ["resultsSection"] = ["participantFlowModule", "baselineCharacteristicsModule", "outcomeMeasuresModule", "adverseEventsModule", "moreInfoModule"],
        ["annotationSection"] = ["annotationModule"],
        ["documentSection"] = ["largeDocumentModule"],
        ["derivedSection"] = ["miscInfoModule", "conditionBrowseModule", "interventionBrowseModule"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly IReadOnlyList<string> paths;

    private StudyFields(IReadOnlyList<string> paths) => this.paths = paths;

    /// <summary>The same for the same selection.</summary>
    public string Key => string.Join(',', paths);

    /// <summary>Whether the projection can hold the date of the data set, which differs from night to night.</summary>
    public bool MovesNightly => paths.Any(path => path.StartsWith("derivedSection", StringComparison.Ordinal));

    /// <exception cref="RefusedRequestException">A name is not known; a name of the older API fails as it does there, with a 500.</exception>
    public static StudyFields Read(string list) => new([.. list.Split([',', '|'], StringSplitOptions.TrimEntries).Select(PathOf).Distinct()]);

    public JsonObject Project(JsonObject study)
    {
        var projection = new JsonObject();
        foreach (var path in paths)
        {
            Copy(study, projection, path.Split('.'));
        }

        return projection;
    }

    private static void Copy(JsonObject from, JsonObject to, ReadOnlySpan<string> path)
    {
        if (from[path[0]] is not { } value)
        {
            return;
        }

        if (path.Length == 1)
        {
            to[path[0]] = value.DeepClone();
        }
        else if (value is JsonObject inner)
        {
            if (to[path[0]] is not JsonObject target)
            {
                to[path[0]] = target = [];
            }

            Copy(inner, target, path[1..]);
        }
    }

    private static string PathOf(string name)
    {
        if (name is "ConditionList" or "InterventionList")
        {
            throw new RefusedRequestException(500, "Internal Server Error");
        }

        var steps = name.Split('.');
        var isPath = Modules.TryGetValue(steps[0], out var modules) && (steps.Length == 1 || modules.Contains(steps[1], StringComparer.Ordinal));
        return isPath ? name
            : Pieces.TryGetValue(name, out var path) || Pieces.Values.Contains(name, StringComparer.Ordinal) ? path ?? name
            : Modules.FirstOrDefault(section => section.Value.Contains(name, StringComparer.Ordinal)) is { Key: { } section } ? $"{section}.{name}"
            : throw new RefusedRequestException($"Parameter `fields` contains invalid field name: `{name}`");
    }
}
