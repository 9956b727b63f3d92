using CarTIngest.Eligibility;

namespace CarTIngest.Host.Storage.Model;

/// <summary>What a rulebook said of one revision of a record. Append-only: a later rulebook or revision adds a row.</summary>
public sealed class HeldJudgement
{
    public long Id { get; init; }

    public required string RecordId { get; init; }

    public required int Revision { get; init; }

    /// <summary>The content hash of the rulebook.</summary>
    public required string Rulebook { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>Criteria, targets, flags and findings, as <c>judge</c> writes them.</summary>
    public required string Body { get; init; }

    public required DateOnly Night { get; init; }

    public required long RunId { get; init; }
}

/// <summary>A record within a study, from one run on until another.</summary>
public sealed class StudyMember
{
    public long Id { get; init; }

    /// <summary>The study's id in that time.</summary>
    public required string Study { get; init; }

    public required string RecordId { get; init; }

    public required DateOnly Night { get; init; }

    public required long RunId { get; init; }

    /// <summary>The run that found it elsewhere; null while it is there.</summary>
    public long? UntilRunId { get; set; }
}

/// <summary>A rulebook that judged, with its files, so that any verdict can be reached again. The newest is in force.</summary>
public sealed class UsedRulebook
{
    public long Id { get; init; }

    /// <summary>Its content hash.</summary>
    public required string Hash { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    /// <summary>Names and contents of its files, as a JSON object.</summary>
    public required string Files { get; init; }

    /// <summary>The run that judged by it first.</summary>
    public required long RunId { get; init; }
}
