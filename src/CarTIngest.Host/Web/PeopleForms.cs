using System.Globalization;
using CarTIngest.Host.People;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Host.Web.Pages;

namespace CarTIngest.Host.Web;

/// <summary>Invitations, roles and locks.</summary>
internal static class PeopleForms
{
    /// <summary>One of these roles is needed.</summary>
    public static readonly IReadOnlyList<string> MayKeepAccounts = [Role.Lead, Role.Operator];

    public static void MapPeople(this IEndpointRouteBuilder app)
    {
        Map(app, "/people", InviteAsync);
        Map(app, "/people/{id:long}/link", (context, _) => OnOneAsync(context, async book =>
        {
            var code = await book.MakeLinkAsync(IdOf(context), ActorOf(context), context.RequestAborted);
            return PageAnswer.Of<OnePerson>(StatusCodes.Status200OK, ("Link", LinkOf(context, code)));
        }));
        Map(app, "/people/{id:long}/roles", (context, form) => OnOneAsync(context, "roles", book => book.GiveRolesAsync(IdOf(context), RolesOf(form), ActorOf(context), context.RequestAborted)));
        Map(app, "/people/{id:long}/lock", (context, _) => OnOneAsync(context, "lock", book => book.LockAsync(IdOf(context), ActorOf(context), context.RequestAborted)));
        Map(app, "/people/{id:long}/unlock", (context, _) => OnOneAsync(context, "unlock", book => book.UnlockAsync(IdOf(context), ActorOf(context), context.RequestAborted)));
    }

    private static void Map(IEndpointRouteBuilder app, string route, Func<HttpContext, IFormCollection, Task<IResult>> answer) =>
        app.MapForm(route, answer).RequireAuthorization(policy => policy.RequireRole(MayKeepAccounts));

    private static async Task<IResult> InviteAsync(HttpContext context, IFormCollection form)
    {
        var person = new NewPerson(form.Text("name"), form.Text("email"), RolesOf(form));
        try
        {
            var code = await context.RequestServices.GetRequiredService<AccountBook>().InviteAsync(person, ActorOf(context), context.RequestAborted);
            return PageAnswer.Of<Everybody>(StatusCodes.Status200OK, ("Invited", person.Name.Trim()), ("Link", LinkOf(context, code)));
        }
        catch (AccountRefusedException refused)
        {
            return PageAnswer.Of<Everybody>(StatusCodes.Status422UnprocessableEntity, ("Begun", person), ("Faults", refused.Faults));
        }
    }

    /// <param name="done">What the page is to say was done.</param>
    private static Task<IResult> OnOneAsync(HttpContext context, string done, Func<AccountBook, Task> change) => OnOneAsync(context, async book =>
    {
        await change(book);
        return Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/people/{IdOf(context)}?done={done}"));
    });

    private static async Task<IResult> OnOneAsync(HttpContext context, Func<AccountBook, Task<IResult>> change)
    {
        try
        {
            return await change(context.RequestServices.GetRequiredService<AccountBook>());
        }
        catch (AccountRefusedException refused)
        {
            return PageAnswer.Of<OnePerson>(StatusCodes.Status422UnprocessableEntity, ("Faults", refused.Faults));
        }
    }

    private static Actor ActorOf(HttpContext context) => new(Session.IdOf(context.User), [.. Role.All.Where(context.User.IsInRole)]);

    private static string LinkOf(HttpContext context, string code) => context.RequestServices.GetRequiredService<WebOptions>().InvitationTo(code);

    private static List<string> RolesOf(IFormCollection form) => [.. form["role"].OfType<string>()];

    internal static long IdOf(HttpContext context) => long.Parse(context.GetRouteValue("id")!.ToString()!, CultureInfo.InvariantCulture);
}
