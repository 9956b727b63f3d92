using CarTIngest.Host.Storage.Model;

namespace CarTIngest.Host.Alerts;

/// <summary>Who is told.</summary>
/// <param name="Name">As decisions are signed; null for an address of the settings.</param>
/// <param name="AccountId">Null for an address of the settings.</param>
/// <param name="Since">From when on there is something to tell; null: from what is recent.</param>
public sealed record Recipient(string Address, string? Name, long? AccountId, IReadOnlySet<string> Roles, DigestRhythm Rhythm, bool AtOnce, string? UnsubscribeId, DateTimeOffset? Since)
{
    public bool IsLead => Roles.Contains(Role.Lead);

    public bool Screens => IsLead || Roles.Contains(Role.Reviewer);

    /// <summary>Whether losses of the searches and changes that wait are this person's to know.</summary>
    public bool KeepsSearches => IsLead || Roles.Contains(Role.Librarian);

    /// <summary>Whether this person ended all mail about the review, by word or by one click. Alarms of the service are an operator's duty and go on.</summary>
    public bool HasEndedMail { get; init; }

    /// <summary>Whether a long silence is ended by a sign of life.</summary>
    public bool IsReassured => IsReassuredAs(Roles) && !HasEndedMail;

    /// <summary>Whether this person has the program at hand, so that a mail may name its commands.</summary>
    public bool HasCommands => Roles.Contains(Role.Operator);

    /// <summary>Operators keep the service, not the review.</summary>
    public bool FollowsReview => Screens || KeepsSearches || Roles.Contains(Role.Reader);

    /// <summary>Who would have to notice that the service is silent: leads and operators.</summary>
    public static bool IsReassuredAs(IReadOnlySet<string> roles)
    {
        ArgumentNullException.ThrowIfNull(roles);
        return roles.Contains(Role.Lead) || roles.Contains(Role.Operator);
    }

    /// <summary>Without a word of their own: a lead every night, who else follows the review every week, an operator never.</summary>
    public static DigestRhythm UsualOf(IReadOnlySet<string> roles)
    {
        ArgumentNullException.ThrowIfNull(roles);
        return roles.Contains(Role.Lead) ? DigestRhythm.Nightly
            : roles.Contains(Role.Reviewer) || roles.Contains(Role.Librarian) || roles.Contains(Role.Reader) ? DigestRhythm.Weekly
            : DigestRhythm.Never;
    }
}
