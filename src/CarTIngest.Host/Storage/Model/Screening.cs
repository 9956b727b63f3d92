using CarTIngest.Eligibility;
using CarTIngest.Screening;

namespace CarTIngest.Host.Storage.Model;

/// <summary>Where a chain ends, so that events cut off at its end are missed.</summary>
public sealed class ChainHead
{
    public const string OfDecisions = "decisions";

    public required string Name { get; init; }

    /// <summary>Of the newest event.</summary>
    public required long Number { get; set; }

    public required string Hash { get; set; }
}

/// <summary>A study in the queue, once for ever. Rows are never deleted.</summary>
public sealed class QueuedStudy
{
    /// <summary>The study's id when it entered.</summary>
    public required string Study { get; init; }

    /// <summary>The record that brought it.</summary>
    public required string By { get; init; }

    /// <summary>Of that record, then.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Why it entered. Not for reviewers' eyes: an audit sample looks like all others.</summary>
    public required QueueWay Way { get; init; }

    public required DateOnly Night { get; init; }

    public long? RunId { get; init; }
}

/// <summary>A likely or possible study that is held outside the queue, as the last night found it: what catch-up is about.</summary>
public sealed class StudyOutside
{
    public required string Study { get; init; }

    public required string By { get; init; }

    public required Verdict Verdict { get; init; }
}

/// <summary>A task that a night asked for. Append-only: that it is done is a decision.</summary>
public sealed class AskedTask
{
    public long Id { get; init; }

    public required string Study { get; init; }

    public required TaskKind Task { get; init; }

    public required TaskCause Because { get; init; }

    /// <summary>The record that it came by.</summary>
    public required string By { get; init; }

    /// <summary>Parted by commas; empty where no field changed.</summary>
    public required string Fields { get; init; }

    public required DateOnly Night { get; init; }

    public long? RunId { get; init; }
}

/// <summary>A version of the review as it was published.</summary>
public sealed class HeldBase
{
    public required string Version { get; init; }

    public required string Doi { get; set; }

    /// <summary>When its search was, as precisely as it says.</summary>
    public required string Searched { get; set; }

    public required int Studies { get; set; }

    /// <summary>Null: the review does not say.</summary>
    public int? Patients { get; set; }

    /// <summary>The newest is in force.</summary>
    public required DateTimeOffset ImportedAt { get; set; }
}

/// <summary>A row of its included studies.</summary>
public sealed class HeldBaseRow
{
    public required string Version { get; init; }

    /// <summary>In included.csv.</summary>
    public required int Line { get; init; }

    public required string Study { get; init; }

    /// <summary>Record ids parted by blanks.</summary>
    public required string Records { get; init; }

    /// <summary>Null: not reported.</summary>
    public int? Patients { get; init; }

    public required string Note { get; init; }
}
