using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CarTIngest.Rehearsal.Registry;
using CarTIngest.Rehearsal.Server;
using Microsoft.AspNetCore.Http;

namespace CarTIngest.Rehearsal.Faults;

/// <summary>How ClinicalTrials.gov fails.</summary>
internal static class RegistryFaults
{
    private static readonly string[] Registry = [EndpointNames.Studies, EndpointNames.Study, EndpointNames.Version, EndpointNames.Size];
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 256 };
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 256 };

    public static IReadOnlyList<Fault> All { get; } =
    [
        // The registry says so only between two pages.
        new("flip", (call, _) => RehearsedAnswer.Text(StatusCodes.Status400BadRequest, PageToken.Flipped).SendAsync(call.Context))
            { Endpoints = [EndpointNames.Studies], Suits = parameters => parameters["pageToken"] is not null, Nearest = "500", Drawn = true },
        new("drift", DriftAsync) { Endpoints = [EndpointNames.Studies, EndpointNames.Version] },
        new("304", (call, _) => new RehearsedAnswer(StatusCodes.Status304NotModified, "", default).SendAsync(call.Context)) { Endpoints = Registry, Nearest = "E16" },
        new("429", (call, _) => call.TooFast(RehearsedAnswer.Text(StatusCodes.Status429TooManyRequests, "Too Many Requests")).SendAsync(call.Context)),
        new("404", (call, _) => RehearsedAnswer.Text(StatusCodes.Status404NotFound, $"NCT number {LastSegment(call)} not found").SendAsync(call.Context)) { Endpoints = [EndpointNames.Study], Nearest = "500" },
        new("batch", (call, _) => RehearsedAnswer.Text(StatusCodes.Status400BadRequest, $"Parameter `filter.ids` has incorrect format: `{call.Parameters["filter.ids"]}`").SendAsync(call.Context))
            { Endpoints = [EndpointNames.Studies], Suits = parameters => parameters["filter.ids"] is not null, Nearest = "500" },
    ];

    /// <summary>The later state of a night whose data moved.</summary>
    public static async Task TellLaterVersionAsync(FaultCall call, CancellationToken cancellationToken)
    {
        var version = await call.TrueAnswerAsync(cancellationToken);
        var told = JsonNode.Parse(version.Body.Span)!.AsObject();
        told["dataTimestamp"] = call.Request.Night.ToString("yyyy-MM-dd'T14:00:05'", CultureInfo.InvariantCulture);
        await (version with { Body = JsonSerializer.SerializeToUtf8Bytes(told, Relaxed) }).SendAsync(call.Context);
    }

    /// <summary>The data move without a word: rows before this page went, so its first row stands on the page before, which was read already.</summary>
    private static async Task DriftAsync(FaultCall call, CancellationToken cancellationToken)
    {
        call.Drifted.Move(call.Request.Night);
        if (call.Request.Endpoint == EndpointNames.Version)
        {
            await TellLaterVersionAsync(call, cancellationToken);
            return;
        }

        var answer = await call.TrueAnswerAsync(cancellationToken);
        if (answer.Status == StatusCodes.Status200OK && JsonNode.Parse(answer.Body.Span, documentOptions: Deep) is JsonObject page && page["studies"] is JsonArray { Count: > 0 } studies)
        {
            studies.RemoveAt(0);
            answer = answer with { Body = JsonSerializer.SerializeToUtf8Bytes(page, Relaxed) };
        }

        await answer.SendAsync(call.Context);
    }

    private static string LastSegment(FaultCall call) => (call.Context.Request.Path.Value ?? "").Split('/')[^1];
}
