using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CarTIngest.Records;

namespace CarTIngest.Rehearsal.Corpus;

/// <summary>Takes from a study what it is looked up and sorted by, and nothing else.</summary>
internal static class StudyReader
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 256 };

    /// <summary>Null when the study has no NCT number.</summary>
    public static RecordedStudy? Read(byte[] json, JsonElement study)
    {
        if (!NctId.TryParse(At(study, "protocolSection", "identificationModule", "nctId")?.ToString(), out var id))
        {
            return null;
        }

        var aliases = At(study, "protocolSection", "identificationModule", "nctIdAliases") is { ValueKind: JsonValueKind.Array } listed
            ? listed.EnumerateArray().Select(alias => NctId.TryParse(alias.ToString(), out var known) ? known : id).Where(alias => alias != id)
            : [];
        var enrollment = At(study, "protocolSection", "designModule", "enrollmentInfo", "count") is { ValueKind: JsonValueKind.Number } count
            && count.TryGetInt64(out var people) ? people : (long?)null;
        return new RecordedStudy(
            id,
            json,
            new StudyKeys([.. aliases], DateAt("lastUpdatePostDateStruct"), DateAt("studyFirstPostDateStruct"), DateAt("startDateStruct"), enrollment));

        DateOnly? DateAt(string date) => DateOf(At(study, "protocolSection", "statusModule", date, "date")?.ToString());
    }

    /// <summary>The study as the registry shows it after another was merged into it. A study that lists the alias already is given back as it is.</summary>
    public static RecordedStudy WithAlias(RecordedStudy study, NctId alias)
    {
        if (study.Keys.Aliases.Contains(alias))
        {
            return study;
        }

        var node = JsonNode.Parse(study.Json.Span, documentOptions: Deep)!;
        var identification = node["protocolSection"]!["identificationModule"]!.AsObject();
        var listed = identification["nctIdAliases"] as JsonArray ?? [];
        identification["nctIdAliases"] = new JsonArray([.. listed.Select(known => known?.DeepClone()), JsonValue.Create(alias.Value)]);
        return new RecordedStudy(study.Id, JsonSerializer.SerializeToUtf8Bytes(node), study.Keys with { Aliases = [.. study.Keys.Aliases, alias] });
    }

    private static JsonElement? At(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var step in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(step, out element))
            {
                return null;
            }
        }

        return element;
    }

    // Month dates count as the first of their month, as the registry's own ranges take them.
    private static DateOnly? DateOf(string? text) =>
        DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
