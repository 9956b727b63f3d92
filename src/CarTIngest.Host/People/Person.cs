using CarTIngest.Host.Storage.Model;

namespace CarTIngest.Host.People;

/// <summary>An account as others see it.</summary>
/// <param name="Locked">By a person, until a person unlocks it.</param>
/// <param name="HasEntered">Whether a password was ever chosen, or a provider has let the person in.</param>
/// <param name="LockedOutUntil">After wrong passwords; null while there is no such lock-out.</param>
public sealed record Person(long Id, string Name, string Email, IReadOnlyList<string> Roles, bool Locked, bool HasEntered, DateTimeOffset CreatedAt, DateTimeOffset? LastSignIn, DateTimeOffset? LockedOutUntil)
{
    public bool Is(string role) => Roles.Contains(role);
}

/// <summary>What an account begins with.</summary>
public sealed record NewPerson(string Name, string Email, IReadOnlyList<string> Roles);

/// <summary>Who changes accounts. Whoever rules this machine by its command line is an operator.</summary>
public sealed record Actor(long? Id, IReadOnlyList<string> Roles)
{
    public static Actor AtThisMachine { get; } = new(Id: null, [Role.Operator]);

    public bool IsOperator => Roles.Contains(Role.Operator);
}

/// <summary>An account cannot be made or changed so; each fault is a sentence that says why and what to do. Nothing was written.</summary>
public sealed class AccountRefusedException(IReadOnlyList<string> faults) : Exception(string.Join(" ", faults))
{
    public AccountRefusedException(string fault)
        : this([fault])
    {
    }

    public IReadOnlyList<string> Faults { get; } = faults;
}
