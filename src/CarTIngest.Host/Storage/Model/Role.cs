namespace CarTIngest.Host.Storage.Model;

/// <summary>What a person may do, as the value of a role claim.</summary>
public static class Role
{
    /// <summary>Screens.</summary>
    public const string Reviewer = "reviewer";

    /// <summary>Reviews, settles, adopts, and invites people.</summary>
    public const string Lead = "lead";

    /// <summary>Keeps the searches.</summary>
    public const string Librarian = "librarian";

    /// <summary>Keeps the service: dashboard, alarms, accounts.</summary>
    public const string Operator = "operator";

    /// <summary>Looks, and changes nothing.</summary>
    public const string Reader = "reader";

    public static IReadOnlyList<string> All { get; } = [Reviewer, Lead, Librarian, Operator, Reader];
}
