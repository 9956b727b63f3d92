using System.CommandLine;
using CarTIngest.Host.People;

namespace CarTIngest.Host.Commands;

/// <summary><c>people unlock</c>: roles and password are as they were; also ends a lock-out by wrong passwords.</summary>
internal static class PeopleUnlockCommand
{
    public static Command Create()
    {
        var verb = CommonOptions.Verb("unlock", "Unlocks an account; also after too many wrong passwords.", "people unlock ada@hospital.example", PeopleCommand.Email, CommonOptions.Store);
        verb.SetAction((call, cancellationToken) => PeopleCommand.WithAsync(call, async (book, _) => await book.UnlockAsync((await PeopleCommand.NamedAsync(book, call, cancellationToken)).Id, Actor.AtThisMachine, cancellationToken), cancellationToken));
        return verb;
    }
}
