using System.Runtime.InteropServices;
using System.Text.Json;
using CarTIngest.Records;

namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>Counts the members of a study that the known schema does not name, by path: <c>statusModule.newMember</c>; list positions and <c>protocolSection.</c> are left out.</summary>
internal static class StudyDrift
{
    private const string Common = "protocolSection.";

    public static void Count(JsonElement study, DriftTally drift) => Count(study, StudySchema.Root, "", drift);

    private static void Count(JsonElement value, StudyMember known, string path, DriftTally drift)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in value.EnumerateArray())
            {
                Count(element, known, path, drift);
            }

            return;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var member in value.EnumerateObject())
        {
            switch (known.Find(JsonMarshal.GetRawUtf8PropertyName(member)))
            {
                case null:
                    drift.Met(Shown(path.Length == 0 ? StudyText.Short(member.Name) : $"{path}.{StudyText.Short(member.Name)}"));
                    break;
                case { Watched: true, HasMembers: true } next when member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array:
                    Count(member.Value, next, path.Length == 0 ? member.Name : $"{path}.{member.Name}", drift);
                    break;
                default:
                    break;
            }
        }
    }

    private static string Shown(string path) => path.StartsWith(Common, StringComparison.Ordinal) ? path[Common.Length..] : path;
}
