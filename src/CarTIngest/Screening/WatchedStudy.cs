using CarTIngest.Eligibility;
using CarTIngest.Records;

namespace CarTIngest.Screening;

/// <summary>A study that people included, with what the searches and the rulebook say of its records tonight.</summary>
/// <param name="Id">The study's id; of a study of the base review that is not held, <c>base:</c> and its name.</param>
public sealed record WatchedStudy(string Id, IReadOnlyList<WatchedReport> Reports);

/// <summary>One record of an included study.</summary>
/// <param name="MatchedBy">The topical arms that match it now. The arms that chase known studies do not count: they would find it though the strategy does not.</param>
/// <param name="MatchedBefore">The topical arms that matched it last, where none does now; empty where none ever did.</param>
/// <param name="Edits">What changed in the record since they did.</param>
/// <param name="Judged">Null while it is not judged.</param>
public sealed record WatchedReport(
    RecordId Id, SourceSight Sight, IReadOnlyList<string> MatchedBy, IReadOnlyList<ArmThen> MatchedBefore, IReadOnlyList<FieldEdit> Edits, WatchedVerdict? Judged)
{
    /// <summary>Whether its source had a complete census tonight. Without one nothing is known of searches and source, and what was lost stays lost.</summary>
    public bool IsSettled { get; init; } = true;

    /// <summary>What the source said when it did not give it.</summary>
    public string? SourceSays { get; init; }
}

/// <summary>How a source answers for a record.</summary>
public enum SourceSight
{
    /// <summary>No census ever brought it and no import did.</summary>
    NotHeld = 0,

    Given = 1,

    /// <summary>Not given, so far in one state of the source's data.</summary>
    Missing = 2,

    /// <summary>Not given in two states of its data: deleted or merged.</summary>
    Gone = 3,
}

/// <summary>An arm as it was when it matched a record, and as it is now.</summary>
/// <param name="Now">Null when the arm is asked no more.</param>
/// <param name="UnderstoodThen">How the source said that it understood the arm; null where it does not say.</param>
public sealed record ArmThen(string Arm, string Then, string? Now, string? UnderstoodThen, string? UnderstoodNow);

/// <summary>What the rulebook in force says of a record, beside the last time that one called it likely.</summary>
/// <param name="Book">Name and version of the rulebook.</param>
/// <param name="LikelyBefore">Null when no rulebook ever called it likely.</param>
/// <param name="Edits">What changed in the record since then.</param>
public sealed record WatchedVerdict(Verdict Verdict, Criteria Criteria, string Book, LikelyBefore? LikelyBefore, IReadOnlyList<FieldEdit> Edits);

/// <param name="Book">Name and version of the rulebook that said so.</param>
public sealed record LikelyBefore(Criteria Criteria, string Book);

/// <summary>A record of an included study that was lost, and why as far as what is stored tells.</summary>
public sealed record Loss(RecordId Id, string Study, LossKind Lost, string Because);
