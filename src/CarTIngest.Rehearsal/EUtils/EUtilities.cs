using CarTIngest.Rehearsal.Server;
using Microsoft.AspNetCore.Http;

namespace CarTIngest.Rehearsal.EUtils;

/// <summary>The E-utilities: GET and form POST alike, every other verb refused, parameters that are not known ignored.</summary>
internal sealed class EUtilities(RehearsalSettings settings)
{
    private readonly HistoryServer history = new(settings.Seed);

    public async Task AnswerAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsPost(context.Request.Method))
        {
            await RehearsedAnswer.Html(StatusCodes.Status405MethodNotAllowed, "Method Not Allowed").SendAsync(context);
            return;
        }

        var parameters = await Parameters.ReadAsync(context.Request, context.RequestAborted);
        await AnswerTo(RehearsedRequest.Of(context), parameters).SendAsync(context);
    }

    private RehearsedAnswer AnswerTo(RehearsedRequest request, Parameters parameters)
    {
        if (settings.Tool == ToolPolicy.Required && (parameters["tool"] is null || parameters["email"] is null))
        {
            return RehearsedAnswer.Text(StatusCodes.Status400BadRequest, "This stand-in asks every request to name its tool and email.");
        }

        return request.Endpoint switch
        {
            EndpointNames.EInfo => EInfo.Answer(request.InForce, parameters),
            EndpointNames.ESearch => new ESearch(history, settings.CapAt).Answer(request.InForce, parameters),
            EndpointNames.EFetch => new EFetch(history, settings).Answer(request.InForce, parameters),
            EndpointNames.EPost => new EPost(history).Answer(parameters),
            EndpointNames.ELink => ELink.Answer(request.InForce, parameters),
            _ => RehearsedAnswer.Html(StatusCodes.Status404NotFound, "Not Found"),
        };
    }
}
