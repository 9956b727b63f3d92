using CarTIngest.Screening;

namespace CarTIngest.Host.Storage.Model;

/// <summary>A record among those that an arm matches, from one night on until another. Append-only but for its end: which search brought a record stays readable.</summary>
public sealed class ArmMatch
{
    public long Id { get; init; }

    public required string Source { get; init; }

    public required string Arm { get; init; }

    public required string RecordId { get; init; }

    public required DateOnly Night { get; init; }

    public required long RunId { get; init; }

    /// <summary>The run whose census, believed, did not list it any more; null while it is matched.</summary>
    public long? UntilRunId { get; set; }

    public DateOnly? UntilNight { get; set; }
}

/// <summary>A record of an included study that the searches or the rulebook lost, from one night on until another. Append-only but for its end.</summary>
public sealed class LostReport
{
    public long Id { get; init; }

    public required string RecordId { get; init; }

    /// <summary>The study's id when it was lost.</summary>
    public required string Study { get; init; }

    public required LossKind Lost { get; init; }

    /// <summary>As it was told on that night.</summary>
    public required string Because { get; init; }

    public required DateOnly Night { get; init; }

    public required long RunId { get; init; }

    /// <summary>The night on which it was there again; null while it lasts.</summary>
    public DateOnly? UntilNight { get; set; }

    public long? UntilRunId { get; set; }
}

/// <summary>A source's strategy that a census was taken by, with its arms, so that any night can be asked for again. The newest is in force.</summary>
public sealed class UsedStrategy
{
    public long Id { get; init; }

    public required string Source { get; init; }

    /// <summary>Its content hash.</summary>
    public required string Hash { get; init; }

    /// <summary>Its arms, as a JSON array.</summary>
    public required string Arms { get; init; }

    /// <summary>The run that asked by it first.</summary>
    public required long RunId { get; init; }
}
