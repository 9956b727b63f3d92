using CarTIngest.Host.People;
using CarTIngest.Host.Storage;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Host.Web.Pages;
using CarTIngest.Records;
using CarTIngest.Screening;

namespace CarTIngest.Host.Web;

/// <summary>What people keep of their own: password, mail, ties to trials.</summary>
internal static class AccountForms
{
    public static void MapAccount(this IEndpointRouteBuilder app)
    {
        Map(app, "/account/password", ChangePasswordAsync);
        Map(app, "/account/mail", ChooseMailAsync);
        Map(app, "/account/ties", DeclareTieAsync);
        // RFC 8058: a mail program posts here, without a cookie and without a page of ours before it.
        app.MapPost("/unsubscribe/{id}", async (string id, MailChoices mail, CancellationToken cancellationToken) =>
        {
            await mail.EndAsync(id, cancellationToken);
            return PageAnswer.Saying(StatusCodes.Status200OK, "No more mail", "If this address belongs to an account, nothing is sent to it any more, what was waiting included, except alarms of the service to operators. You can turn it on again at Your account.");
        }).AllowAnonymous().RequireRateLimiting(GenuineForms.Guessing);
    }

    private static void Map(IEndpointRouteBuilder app, string route, Func<HttpContext, IFormCollection, Task<IResult>> answer) =>
        app.MapForm(route, async (context, form) =>
        {
            try
            {
                return await answer(context, form);
            }
            catch (AccountRefusedException refused)
            {
                return PageAnswer.Of<OwnAccount>(StatusCodes.Status422UnprocessableEntity, ("Faults", refused.Faults));
            }
        }).RequireAuthorization(policy => policy.RequireRole(Role.All));

    private static async Task<IResult> ChangePasswordAsync(HttpContext context, IFormCollection form)
    {
        EntryForms.RequireTwice(form);
        await Session.BeginAsync(context, await context.RequestServices.GetRequiredService<Passwords>().ChangeAsync(OwnId(context), form.Text("present"), form.Text("password"), context.RequestAborted));
        return Results.LocalRedirect("/account?done=password");
    }

    private static async Task<IResult> ChooseMailAsync(HttpContext context, IFormCollection form)
    {
        var choice = form.Text("digest") == OwnAccount.Nothing ? MailChoice.None : new MailChoice(Enum.TryParse<DigestRhythm>(form.Text("digest"), ignoreCase: true, out var rhythm) && Enum.IsDefined(rhythm) ? rhythm : null, form.Text("atonce") == "yes");
        await context.RequestServices.GetRequiredService<MailChoices>().ChooseAsync(OwnId(context), choice, context.RequestAborted);
        return Results.LocalRedirect("/account?done=mail");
    }

    private static async Task<IResult> DeclareTieAsync(HttpContext context, IFormCollection form)
    {
        var named = form.Text("trial").Trim();
        var because = form.Text("because").Trim() is { Length: > 0 } how ? how : null;
        var protocol = context.RequestServices.GetRequiredService<Protocol>();
        try
        {
            var study = await context.RequestServices.GetRequiredService<QueueReading>().FindAsync(protocol, named, context.RequestAborted)
                ?? throw new AccountRefusedException($"'{named}' is neither in the queue nor in the base review. Write the registration's number, such as NCT04938115, or a PMID.");
            var subject = RecordId.TryParse(named, out var record) && study.Members.Records.Contains(record) ? record.Text : study.By;
            await context.RequestServices.GetRequiredService<DecisionBook>().WriteAsync(
                protocol,
                new DecisionDraft(context.User.Identity!.Name!, subject, new TieDeclared(because)),
                async (store, state) => (await QueueReading.FindAsync(store, state, study.Members.Id, context.RequestAborted))?.Members,
                context.RequestAborted);
        }
        catch (DecisionRefusedException refused)
        {
            throw new AccountRefusedException(refused.Message);
        }

        return Results.LocalRedirect("/account?done=tie");
    }

    private static long OwnId(HttpContext context) => Session.IdOf(context.User) ?? throw new AccountRefusedException("There are no accounts here.");
}
