using Microsoft.AspNetCore.Http.HttpResults;

namespace CarTIngest.Host.Web;

/// <summary>A page as an answer: whole, once everything on it is known.</summary>
internal static class PageAnswer
{
    public static IResult Of<T>(int status = StatusCodes.Status200OK, params ReadOnlySpan<(string Name, object? Value)> parameters) => Of(typeof(T), status, parameters);

    public static IResult Of(Type component, int status = StatusCodes.Status200OK, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var given = new Dictionary<string, object?>();
        foreach (var (name, value) in parameters)
        {
            given[name] = value;
        }

        return new RazorComponentResult(component, given) { StatusCode = status, PreventStreamingRendering = true };
    }

    /// <summary>A page that only says something.</summary>
    public static IResult Saying(int status, string title, string says) => Of<Pages.Sentence>(status, ("Title", title), ("Says", says));
}
