using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CarTIngest.Reporting;

/// <summary>A night as one line of JSON: lists and booleans always, single values left out when absent.</summary>
public static class NightReportJson
{
    private static readonly NightReportJsonContext Context = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Write(NightReport report) => JsonSerializer.Serialize(report, Context.NightReport);

    public static string Write(SourceNight source) => JsonSerializer.Serialize(source, Context.SourceNight);

    /// <exception cref="JsonException">The text is no such line.</exception>
    public static NightReport Read(string line) => JsonSerializer.Deserialize(line, Context.NightReport) ?? throw new JsonException("The line is no night.");

    /// <exception cref="JsonException">The text is no such line.</exception>
    public static SourceNight ReadSource(string line) => JsonSerializer.Deserialize(line, Context.SourceNight) ?? throw new JsonException("The line is no source's night.");
}

[JsonSerializable(typeof(NightReport))]
internal sealed partial class NightReportJsonContext : JsonSerializerContext;
