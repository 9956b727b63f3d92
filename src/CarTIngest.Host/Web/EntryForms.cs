using CarTIngest.Host.People;
using CarTIngest.Host.Web.Pages;
using Microsoft.AspNetCore.Authentication;

namespace CarTIngest.Host.Web;

/// <summary>How people come in and go: login, the first set-up, a link that was handed over, logout.</summary>
internal static class EntryForms
{
    public static void MapEntry(this IEndpointRouteBuilder app, IdentityProvider provider)
    {
        app.MapForm("/login", LogInAsync).AllowAnonymous().RequireRateLimiting(GenuineForms.Guessing);
        app.MapForm("/setup", SetUpAsync).AllowAnonymous().RequireRateLimiting(GenuineForms.Guessing);
        app.MapForm("/invite", ChooseAsync).AllowAnonymous().RequireRateLimiting(GenuineForms.Guessing);
        app.MapForm("/logout", async (context, _) =>
        {
            await Session.EndAsync(context);
            return Results.LocalRedirect("/login");
        });
        if (provider.IsSet)
        {
            app.MapGet("/login/provider", (HttpContext context) => Results.Challenge(
                new AuthenticationProperties { RedirectUri = LocalAddress.Of(context.Request.Query[LocalAddress.Parameter]) }, [IdentityProvider.Scheme])).AllowAnonymous();
        }
    }

    private static async Task<IResult> LogInAsync(HttpContext context, IFormCollection form)
    {
        var then = LocalAddress.Of(form.Text(LocalAddress.Parameter));
        var account = await context.RequestServices.GetRequiredService<Passwords>().LetInAsync(form.Text("email"), form.Text("password"), context.RequestAborted);
        if (account is null)
        {
            return PageAnswer.Of<Login>(StatusCodes.Status401Unauthorized, ("Email", form.Text("email")), ("Then", then), ("Faults", Login.Refused));
        }

        await Session.BeginAsync(context, account);
        return Results.LocalRedirect(then);
    }

    private static async Task<IResult> SetUpAsync(HttpContext context, IFormCollection form)
    {
        try
        {
            RequireTwice(form);
            var account = await context.RequestServices.GetRequiredService<AccountBook>().SetUpAsync(form.Text("code"), form.Text("name"), form.Text("email"), form.Text("password"), context.RequestAborted);
            await Session.BeginAsync(context, account);
            return Results.LocalRedirect("/");
        }
        catch (AccountRefusedException refused)
        {
            return PageAnswer.Of<Setup>(StatusCodes.Status422UnprocessableEntity, ("Name", form.Text("name")), ("Email", form.Text("email")), ("Faults", refused.Faults));
        }
    }

    private static async Task<IResult> ChooseAsync(HttpContext context, IFormCollection form)
    {
        try
        {
            RequireTwice(form);
            var account = await context.RequestServices.GetRequiredService<Passwords>().ChooseAsync(form.Text(Invitation.Code), form.Text("password"), context.RequestAborted);
            if (account is null)
            {
                return PageAnswer.Of<Invitation>(StatusCodes.Status422UnprocessableEntity);
            }

            await Session.BeginAsync(context, account);
            return Results.LocalRedirect("/");
        }
        catch (AccountRefusedException refused)
        {
            return PageAnswer.Of<Invitation>(StatusCodes.Status422UnprocessableEntity, ("Given", form.Text(Invitation.Code)), ("Faults", refused.Faults));
        }
    }

    /// <exception cref="AccountRefusedException">The password was written differently the second time.</exception>
    internal static void RequireTwice(IFormCollection form)
    {
        if (form.Text("password") != form.Text("again"))
        {
            throw new AccountRefusedException("The two passwords are not the same.");
        }
    }
}
