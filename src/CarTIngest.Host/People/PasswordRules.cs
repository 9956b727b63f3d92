using CarTIngest.Host.Storage.Model;
using Microsoft.AspNetCore.Identity;

namespace CarTIngest.Host.People;

/// <summary>Long rather than strange: no digits or signs are demanded, for they make passwords worse (NIST SP 800-63B).</summary>
internal sealed class PasswordRules : IPasswordValidator<Account>
{
    public const int Shortest = 12;

    /// <summary>Longer ones only make work.</summary>
    public const int Longest = 200;

    private const int FewestDifferent = 5;

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
    {
        var faults = Faults(user, password ?? "").Select(fault => new IdentityError { Code = "Password", Description = fault }).ToArray();
        return Task.FromResult(faults.Length == 0 ? IdentityResult.Success : IdentityResult.Failed(faults));
    }

    private static IEnumerable<string> Faults(Account account, string password)
    {
        if (password.Length < Shortest)
        {
            yield return $"The password has {password.Length} characters; {Shortest} are the fewest. Four words that do not belong together make a good one.";
        }
        else if (password.Length > Longest)
        {
            yield return $"The password has more than {Longest} characters.";
        }
        else if (password.Distinct().Count() < FewestDifferent)
        {
            yield return "The password repeats the same few characters.";
        }
        else if (Holds(password, account.Email) || Holds(password, account.Name))
        {
            yield return "The password holds the name or the e-mail.";
        }
    }

    private static bool Holds(string password, string? own) => !string.IsNullOrEmpty(own) && password.Contains(own, StringComparison.OrdinalIgnoreCase);
}
