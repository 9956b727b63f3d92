using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CarTIngest.Rehearsal.Corpus;
using CarTIngest.Rehearsal.Server;

namespace CarTIngest.Rehearsal.Registry;

/// <summary>A study as it goes out: whole with the date of the data set in it, or the fields asked for.</summary>
internal sealed class StudyWriter(VersionHolders holders)
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 256 };
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 256 };

    public byte[] Write(RecordedStudy study, StudyFields? fields, DateOnly dataSet)
    {
        if (fields is null)
        {
            return Bytes(Whole(study, dataSet));
        }

        return fields.MovesNightly
            ? Bytes(fields.Project(Whole(study, dataSet)))
            : study.Projections.GetOrAdd(fields.Key, _ => Bytes(fields.Project(Parsed(study))));
    }

    private JsonObject Whole(RecordedStudy study, DateOnly dataSet)
    {
        var whole = Parsed(study);
        var derived = whole["derivedSection"] as JsonObject;
        var misc = derived?["miscInfoModule"] as JsonObject;
        if (holders == VersionHolders.WhereRecorded && misc?.ContainsKey("versionHolder") != true)
        {
            return whole;
        }

        if (derived is null)
        {
            whole["derivedSection"] = derived = [];
        }

        if (misc is null)
        {
            derived["miscInfoModule"] = misc = [];
        }

        misc["versionHolder"] = dataSet.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return whole;
    }

    private static JsonObject Parsed(RecordedStudy study) => JsonNode.Parse(study.Json.Span, documentOptions: Deep)!.AsObject();

    private static byte[] Bytes(JsonObject study) => JsonSerializer.SerializeToUtf8Bytes(study, Relaxed);
}
