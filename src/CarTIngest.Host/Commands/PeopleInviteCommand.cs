using System.CommandLine;
using CarTIngest.Host.People;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Host.Web;

namespace CarTIngest.Host.Commands;

/// <summary><c>people invite</c>: an account and the one-time link by which the person chooses a password; for an account that there is, a new link.</summary>
internal static class PeopleInviteCommand
{
    private static readonly Option<string?> Name = new("--name") { Description = "As decisions are signed with it; for a new account.", HelpName = "NAME" };

    private static readonly Option<string[]> Roles = new("--role") { Description = $"{string.Join(", ", Role.All)}; may be given again. For a new account.", HelpName = "ROLE", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };

    public static Command Create()
    {
        var verb = CommonOptions.Verb("invite", "Makes an account and prints the link by which the person chooses a password, once, within seven days. Without --name and --role: a new link for an account that there is.", "people invite ada@hospital.example --name \"Ada Muster\" --role reviewer", PeopleCommand.Email, Name, Roles, CommonOptions.Store);
        verb.SetAction((call, cancellationToken) => PeopleCommand.WithAsync(call, async (book, settings) => Tell(call, settings, await InviteAsync(book, call, cancellationToken)), cancellationToken));
        return verb;
    }

    private static async Task<string> InviteAsync(AccountBook book, ParseResult call, CancellationToken cancellationToken)
    {
        var name = call.GetValue(Name);
        var roles = call.GetValue(Roles) ?? [];
        return name is null && roles.Length == 0
            ? await book.MakeLinkAsync((await PeopleCommand.NamedAsync(book, call, cancellationToken)).Id, Actor.AtThisMachine, cancellationToken)
            : await book.InviteAsync(new NewPerson(name ?? "", call.GetValue(PeopleCommand.Email)!, roles), Actor.AtThisMachine, cancellationToken);
    }

    private static void Tell(ParseResult call, IConfiguration settings, string code)
    {
        var link = (settings.GetSection("Web").Get<WebOptions>() ?? new WebOptions()).InvitationTo(code);
        if (call.GetValue(CommonOptions.Json))
        {
            Answers.Json(new { Email = call.GetValue(PeopleCommand.Email), Link = link });
            return;
        }

        Answers.Line(link);
        if (link.StartsWith('/'))
        {
            Console.Error.WriteLine("Write before it the address at which people see the pages. Web:PublicAddress names it, and then links are whole.");
        }
    }
}
