using System.Net;
using System.Text;
using System.Text.Json;
using CarTIngest.Sources.Http;

namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>
/// What an answer of the registry is worth, by its content first. The registry's own errors are text/plain; HTML comes from its edge, under any
/// status. Pure. Source: OpenAPI 2.0.5 and recorded answers.
/// </summary>
public static class RegistryAnswers
{
    private const string DataChangedWords = "data have probably changed";
    private const string NoSuchStudyWords = "not found";
    private const string MalformedIdWords = "incorrect format";
    private const int LongestQuote = 300;

    /// <summary>The data changed between two pages: the same token fails for ever, the walk begins again from its first page.</summary>
    public static AnswerVerdict DataChanged { get; } = new(AnswerClass.Permanent, "The registry's data changed between two pages of one walk.");

    /// <summary>One id of the list is none to the registry, and all of them were refused for it.</summary>
    public static AnswerVerdict MalformedIds { get; } = new(AnswerClass.Permanent, "The registry calls an id of the request malformed.");

    /// <summary>For <c>/studies</c>.</summary>
    public static AnswerVerdict Studies(Answer answer)
    {
        if (answer.Status != HttpStatusCode.OK)
        {
            return NotOk(answer);
        }

        return StudiesPage.TryRead(answer.Body) switch
        {
            null => NoJson(answer),
            { HasStudies: false } => Drift(answer, "no list of studies"),
            { TotalCount: 0, IsEmpty: true, NextPageToken: null } => AnswerVerdict.Empty,
            _ => AnswerVerdict.Ok,
        };
    }

    /// <summary>For <c>/studies/{nctId}</c>. Accepted too: the registry's own 404, and a redirect to the study that the id became part of.</summary>
    public static AnswerVerdict Study(Answer answer) => answer.Status switch
    {
        HttpStatusCode.OK when !IsWholeObject(answer.Body) => NoJson(answer),
        HttpStatusCode.OK when answer.Body.Span.IndexOf("\"protocolSection\""u8) < 0 => Drift(answer, "no protocolSection"),
        HttpStatusCode.OK => AnswerVerdict.Ok,
        HttpStatusCode.MovedPermanently or HttpStatusCode.PermanentRedirect when answer.Location is not null => AnswerVerdict.Ok,
        HttpStatusCode.NotFound when SaysNoSuchStudy(answer) => AnswerVerdict.Ok,
        _ => NotOk(answer),
    };

    /// <summary>For <c>/version</c>.</summary>
    public static AnswerVerdict Version(Answer answer) =>
        answer.Status != HttpStatusCode.OK ? NotOk(answer)
        : !IsWholeObject(answer.Body) ? NoJson(answer)
        : DataTimestamp(answer.Body) is null ? Drift(answer, "no dataTimestamp")
        : AnswerVerdict.Ok;

    /// <summary>The registry's word for the state of its data: opaque, never computed with. Null where the body has none.</summary>
    internal static string? DataTimestamp(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.TryGetProperty("dataTimestamp", out var stamp) && stamp.ValueKind == JsonValueKind.String ? stamp.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal static string Quote(Answer answer) => StudyText.Short(Encoding.UTF8.GetString(answer.Body.Span[..Math.Min(LongestQuote, answer.Body.Length)]), LongestQuote);

    private static AnswerVerdict NotOk(Answer answer)
    {
        var status = (int)answer.Status;
        return status switch
        {
            400 when Says(answer, DataChangedWords) => DataChanged,
            400 when Says(answer, MalformedIdWords) => MalformedIds,
            400 when IsHtml(answer) => new(AnswerClass.Transient, "The registry's edge answered 400 with an HTML page."),
            304 => new(AnswerClass.Transient, "The registry says that nothing changed (304), and was not asked so."),
            403 or 401 => new(AnswerClass.Blocked, $"The registry's edge refuses us ({status})."),
            429 => new(AnswerClass.Throttled, "The registry asks for fewer requests (429).") { RetryAfter = answer.RetryAfter },
            404 when IsHtml(answer) => new(AnswerClass.Transient, "The registry's edge answered 404 with an HTML page."),
            408 => new(AnswerClass.Transient, "The registry gave up waiting (408)."),
            >= 500 => new(AnswerClass.Transient, $"The registry failed ({status}): {Quote(answer)}") { RetryAfter = answer.RetryAfter },
            _ => new(AnswerClass.Permanent, $"The registry refuses the request ({status}): {Quote(answer)}"),
        };
    }

    private static AnswerVerdict NoJson(Answer answer) => new(
        AnswerClass.Transient,
        answer.Body.Span.Trim(" \t\r\n"u8).IsEmpty ? "The registry answered 200 with an empty body."
            : IsHtml(answer) ? "The registry's edge answered 200 with an HTML page."
            : "The registry answered 200 with a body that is no whole JSON object.");

    private static AnswerVerdict Drift(Answer answer, string lacks) => new(AnswerClass.SchemaDrift, $"The registry's answer has {lacks}: {Quote(answer)}");

    private static bool IsHtml(Answer answer) =>
        string.Equals(answer.MediaType, "text/html", StringComparison.OrdinalIgnoreCase) || answer.Body.Span.TrimStart(" \t\r\n"u8).StartsWith("<"u8);

    private static bool SaysNoSuchStudy(Answer answer) => Says(answer, "NCT number") && Says(answer, NoSuchStudyWords);

    private static bool Says(Answer answer, string words) => !IsHtml(answer) && Encoding.UTF8.GetString(answer.Body.Span).Contains(words, StringComparison.OrdinalIgnoreCase);

    private static bool IsWholeObject(ReadOnlyMemory<byte> body)
    {
        var span = body.Span.Trim(" \t\r\n"u8);
        var scan = default(ValueScan);
        return span.StartsWith("{"u8) && scan.Advance(span) == ScanStop.Whole && scan.Position == span.Length;
    }
}
