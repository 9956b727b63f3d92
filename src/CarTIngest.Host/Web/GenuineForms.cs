using Microsoft.AspNetCore.Antiforgery;

namespace CarTIngest.Host.Web;

/// <summary>Takes a form only from a page of our own: whoever lays a form of theirs before a logged-in person gets nowhere.</summary>
internal static class GenuineForms
{
    /// <summary>How often a minute one address may try codes and passwords.</summary>
    public const string Guessing = "guessing";

    public static RouteHandlerBuilder MapForm(this IEndpointRouteBuilder app, string route, Func<HttpContext, IFormCollection, Task<IResult>> answer) =>
        app.MapPost(route, async (HttpContext context, IAntiforgery antiforgery) =>
        {
            if (!context.Request.HasFormContentType)
            {
                return PageAnswer.Saying(StatusCodes.Status415UnsupportedMediaType, "This is no form", "Only a page's own form is taken here.");
            }

            return await antiforgery.IsRequestValidAsync(context)
                ? await answer(context, await context.Request.ReadFormAsync(context.RequestAborted))
                : PageAnswer.Saying(StatusCodes.Status400BadRequest, "Please send it again", "The form was not from a page that is still open here: somebody logged in or out meanwhile, or it lay for long. Nothing was changed. Load the page again and repeat.");
        });

    public static string Text(this IFormCollection form, string field) => form[field].ToString();
}
