using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CarTIngest.Rehearsal.Corpus;
using CarTIngest.Rehearsal.Server;
using Microsoft.AspNetCore.Http;

namespace CarTIngest.Rehearsal.Registry;

/// <summary>ClinicalTrials.gov API v2: GET only, errors in plain text, one ETag for the whole data set.</summary>
internal sealed class RegistryApi(RehearsalSettings settings)
{
    private const string Json = "application/json";
    private static readonly FrozenSet<string> OfOneStudy = FrozenSet.Create(StringComparer.Ordinal, "format", "markupFormat", "fields");

    private readonly PageToken tokens = new(settings.Seed);
    private readonly StudyWriter writer = new(settings.VersionHolders);

    public async Task AnswerAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            await RehearsedAnswer.Html(StatusCodes.Status405MethodNotAllowed, "Method Not Allowed").SendAsync(context);
            return;
        }

        var request = RehearsedRequest.Of(context);
        RehearsedAnswer answer;
        try
        {
            answer = AnswerTo(request, await Parameters.ReadAsync(context.Request, context.RequestAborted), context.Request.Path.Value ?? "");
        }
        catch (RefusedRequestException refused)
        {
            answer = RehearsedAnswer.Text(refused.Status, refused.Message);
        }

        if (answer.Status == StatusCodes.Status200OK)
        {
            var tag = TagOf(request.Night);
            context.Response.Headers.ETag = tag;
            // The tag names the data set, not the address: it matches wherever it is sent.
            answer = context.Request.Headers.IfNoneMatch.ToString() == tag ? answer with { Status = StatusCodes.Status304NotModified, Body = default } : answer;
        }

        await answer.SendCompressedAsync(context);
    }

    private RehearsedAnswer AnswerTo(RehearsedRequest request, Parameters parameters, string path) => request.Endpoint switch
    {
        EndpointNames.Version => Text(Json, $"{{\"apiVersion\":\"2.0.5\",\"dataTimestamp\":\"{Day(request.Night)}T09:00:05\"}}"),
        EndpointNames.Size => Text(Json, $"{{\"totalStudies\":{request.InForce.Studies.InOrder.Count.ToString(CultureInfo.InvariantCulture)}}}"),
        EndpointNames.Studies => Page(request, new StudiesQuery(parameters, settings.RegistryPageSizeMax)),
        EndpointNames.Study => One(request, parameters, path[(EndpointNames.RegistryRoot.Length + "studies/".Length)..]),
        _ => RehearsedAnswer.Text(StatusCodes.Status404NotFound, "Not Found"),
    };

    private RehearsedAnswer Page(RehearsedRequest request, StudiesQuery query)
    {
        var found = query.Find(request.InForce.Studies);
        var offset = query.Token is { } token ? tokens.Read(token, request.Night) : 0;
        var page = found.Skip(offset).Take(query.PageSize).ToList();

        using var body = new MemoryStream();
        body.WriteByte((byte)'{');
        if (query.WantsTotal)
        {
            body.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\"totalCount\":{found.Count},")));
        }

        body.Write("\"studies\":["u8);
        for (var i = 0; i < page.Count; i++)
        {
            body.Write(i == 0 ? ""u8 : ","u8);
            body.Write(writer.Write(page[i], query.Fields, request.Night));
        }

        body.WriteByte((byte)']');
        // A full page always promises another one, which may be empty.
        if (page.Count == query.PageSize)
        {
            body.Write(Encoding.UTF8.GetBytes($",\"nextPageToken\":\"{tokens.Write(offset + page.Count, request.Night)}\""));
        }

        body.WriteByte((byte)'}');
        return new RehearsedAnswer(StatusCodes.Status200OK, Json, body.ToArray());
    }

    private RehearsedAnswer One(RehearsedRequest request, Parameters parameters, string text)
    {
        StudiesQuery.RefuseUnknown(parameters, OfOneStudy);
        StudiesQuery.RefuseOtherThan(parameters, "format", "json");
        StudiesQuery.RefuseOtherThan(parameters, "markupFormat", "markdown", "legacy");
        var fields = parameters["fields"] is { } list ? StudyFields.Read(list) : null;
        var id = RegistryIds.TryRead(text) ?? throw RegistryIds.Malformed("nctId", text);
        if (request.InForce.Studies.Find(id) is { } study)
        {
            return new RehearsedAnswer(StatusCodes.Status200OK, Json, writer.Write(study, fields, request.Night));
        }

        return request.InForce.Studies.FindByAlias(id) is { } canonical
            ? RehearsedAnswer.Text(StatusCodes.Status301MovedPermanently, "") with { Location = $"{EndpointNames.RegistryRoot}studies/{canonical.Id}" }
            : RehearsedAnswer.Text(StatusCodes.Status404NotFound, $"NCT number {id} not found");
    }

    private static RehearsedAnswer Text(string contentType, string text) => new(StatusCodes.Status200OK, contentType, Encoding.UTF8.GetBytes(text));

    private static string TagOf(DateOnly night) =>
        $"\"883b003/0.34.1/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Day(night))))[..8]}\"";

    private static string Day(DateOnly night) => night.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
