using System.CommandLine;
using CarTIngest.Host.People;

namespace CarTIngest.Host.Commands;

/// <summary><c>people lock</c>: nobody enters under an account any more, at once.</summary>
internal static class PeopleLockCommand
{
    public static Command Create()
    {
        var verb = CommonOptions.Verb("lock", "Locks an account: whoever is in under it is out at once. Its decisions stay.", "people lock ada@hospital.example", PeopleCommand.Email, CommonOptions.Store);
        verb.SetAction((call, cancellationToken) => PeopleCommand.WithAsync(call, async (book, _) => await book.LockAsync((await PeopleCommand.NamedAsync(book, call, cancellationToken)).Id, Actor.AtThisMachine, cancellationToken), cancellationToken));
        return verb;
    }
}
