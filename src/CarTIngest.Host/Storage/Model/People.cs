using System.Linq.Expressions;
using Microsoft.AspNetCore.Identity;

namespace CarTIngest.Host.Storage.Model;

/// <summary>A person who may enter. Roles are claims; what they decide bears <see cref="Name"/>.</summary>
public sealed class Account : IdentityUser<long>
{
    /// <summary>As decisions are signed with; unique.</summary>
    public required string Name { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastSignIn { get; set; }

    /// <summary>How often a digest is sent; null as the role has it.</summary>
    public DigestRhythm? Digest { get; set; }

    /// <summary>Whether what cannot wait is mailed at once.</summary>
    public bool AtOnce { get; set; } = true;

    /// <summary>Names the account in the address by which mail is ended with one click; opaque, and good for nothing else.</summary>
    public required string UnsubscribeId { get; set; }

    /// <summary>Until when a person locks: the end of time, as the store gives it back, in whole milliseconds.</summary>
    public static DateTimeOffset EndOfTime { get; } = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());

    /// <summary>The same as <see cref="IsLocked"/> denied, for the database.</summary>
    public static Expression<Func<Account, bool>> IsNotLocked { get; } = account => account.LockoutEnd == null || account.LockoutEnd < EndOfTime;

    /// <summary>Locked by a person, which lasts; five wrong passwords only keep others out for a while.</summary>
    public bool IsLocked => LockoutEnd is { } until && until >= EndOfTime;

    /// <summary>Whether this person ended all mail about the review. Alarms of the service are an operator's duty and go on.</summary>
    public bool HasEndedMail => this is { Digest: DigestRhythm.Never, AtOnce: false };

    /// <summary>Whether mail of this kind may still go out to this person.</summary>
    public bool Takes(string kind) => !IsLocked && (!HasEndedMail || kind == OutboxKind.Operator);
}

public enum DigestRhythm
{
    Never,
    Nightly,
    Weekly,
}

/// <summary>The one-time code of the first set-up, hashed. One row at most.</summary>
public sealed class SetupCode
{
    /// <summary>The only key there is.</summary>
    public const int Only = 1;

    public int Id { get; init; } = Only;

    public required string Hash { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }
}
