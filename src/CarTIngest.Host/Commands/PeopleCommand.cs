using System.CommandLine;
using System.Globalization;
using CarTIngest.Host.People;
using CarTIngest.Host.Storage;

namespace CarTIngest.Host.Commands;

/// <summary><c>people</c>: who has an account. The verbs below it are for an operator without a browser: who rules this machine may change every account.</summary>
internal static class PeopleCommand
{
    public static Argument<string> Email { get; } = new("EMAIL") { Description = "The account's e-mail." };

    public static Command Create(params ReadOnlySpan<Command> verbs)
    {
        var verb = CommonOptions.Verb("people", "Who has an account, and what each may do.", "people --json", CommonOptions.Store);
        foreach (var below in verbs)
        {
            verb.Subcommands.Add(below);
        }

        verb.SetAction((call, cancellationToken) => WithAsync(call, (book, _) => TellAsync(book, call.GetValue(CommonOptions.Json), cancellationToken), cancellationToken));
        return verb;
    }

    public static async Task<int> WithAsync(ParseResult call, Func<AccountBook, IConfiguration, Task> work, CancellationToken cancellationToken)
    {
        var settings = Settings.Read(call);
        await using var provider = Composition.Build(settings);
        await provider.GetRequiredService<StoreFactory>().RequireAsync(cancellationToken);
        await using var scope = provider.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<AccountBook>(), settings);
        return ExitCode.Done;
    }

    /// <exception cref="UsageException">There is no account with the e-mail.</exception>
    public static async Task<Person> NamedAsync(AccountBook book, ParseResult call, CancellationToken cancellationToken) =>
        await book.FindAsync(call.GetValue(Email)!, cancellationToken) ?? throw new UsageException($"There is no account with the e-mail {call.GetValue(Email)}. `cartingest people` lists all.");

    private static async Task TellAsync(AccountBook book, bool json, CancellationToken cancellationToken)
    {
        var people = await book.ReadAsync(cancellationToken);
        if (json)
        {
            people.ToList().ForEach(person => Answers.Json(new { person.Name, person.Email, person.Roles, person.Locked, person.HasEntered, person.CreatedAt, person.LastSignIn }));
            return;
        }

        Answers.Table(
            ["name", "e-mail", "roles", "state", "last login"],
            people.Select(person => (IReadOnlyList<string>)
            [
                person.Name, person.Email, string.Join(", ", person.Roles), person.Locked ? "locked" : person.HasEntered ? "open" : "invited",
                person.LastSignIn?.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "never",
            ]));
    }
}
