using System.Globalization;
using System.Net.Mail;
using CarTIngest.Host.Storage.Model;

namespace CarTIngest.Host.People;

/// <summary>What an account may be called, and who may change whose.</summary>
internal static class AccountRules
{
    private const int LongestName = 100;

    /// <summary>RFC 5321.</summary>
    private const int LongestAddress = 254;

    public static IEnumerable<string> Faults(NewPerson person, IReadOnlyList<Person> others)
    {
        if (person.Name.Length is 0 or > LongestName || !person.Name.All(IsSeen))
        {
            yield return $"The name is what decisions are signed with: one line of 1 to {LongestName} characters.";
        }
        else if (others.Any(other => string.Equals(other.Name, person.Name, StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"There is an account with the name {person.Name}. Decisions are signed with names: choose another, such as one with a middle initial.";
        }

        if (!IsAddress(person.Email))
        {
            yield return $"'{person.Email}' is no e-mail address.";
        }
        else if (others.Any(other => string.Equals(other.Email, person.Email, StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"There is an account with the e-mail {person.Email}.";
        }
    }

    public static IEnumerable<string> FaultsOfRoles(IReadOnlyList<string> roles, Actor by)
    {
        if (roles.Count == 0)
        {
            yield return $"Choose at least one role: {string.Join(", ", Role.All)}.";
        }

        foreach (var unknown in roles.Except(Role.All))
        {
            yield return $"There is no role '{unknown}'; there are {string.Join(", ", Role.All)}.";
        }

        if (roles.Contains(Role.Operator) && !by.IsOperator)
        {
            yield return "Only an operator makes operators.";
        }
    }

    /// <summary>Who could change an operator's account, or make a link to it, would soon be one.</summary>
    public static string? Refusal(Person whose, Actor by) => whose.Is(Role.Operator) && !by.IsOperator ? $"{whose.Name} is an operator: only an operator changes that account." : null;

    /// <summary>Without one nobody could open, lock or look after anything any more.</summary>
    public static string? RefusalOfLast(Person whose, IReadOnlyList<Person> all) =>
        whose is { Locked: false } && whose.Is(Role.Operator) && !all.Any(other => other.Id != whose.Id && !other.Locked && other.Is(Role.Operator))
            ? $"{whose.Name} is the last operator. Make another one first."
            : null;

    /// <summary>What cannot be seen would make two names that look alike, or a line of its own.</summary>
    private static bool IsSeen(char sign) => char.GetUnicodeCategory(sign) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static bool IsAddress(string text) =>
        text.Length <= LongestAddress && text.All(sign => sign is > ' ' and <= '~') && MailAddress.TryCreate(text, out var address) && address.Address == text;
}
