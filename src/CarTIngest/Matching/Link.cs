namespace CarTIngest.Matching;

/// <summary>What two linked records are to each other.</summary>
public enum LinkKind
{
    /// <summary>A publication and a registration of the trial that it reports.</summary>
    ReportOf = 0,

    /// <summary>Two registrations of one trial.</summary>
    SameTrial = 1,

    /// <summary>A preprint, or an earlier version, and what came of it.</summary>
    PreprintOf = 2,

    /// <summary>One publication recorded twice.</summary>
    SameRecord = 3,

    /// <summary>Two publications that a person put into one study.</summary>
    SameStudy = 4,

    /// <summary>An erratum, a retraction or an expression of concern, and the publication that it speaks of.</summary>
    NoticeOf = 5,
}

/// <summary>Two records that join, with every clue that says so, strongest first.</summary>
public sealed record Link(RecordPair Pair, LinkKind Kind, ClueStrength Strength, IReadOnlyList<LinkClue> Clues);

/// <summary>Two records that may belong together and do not join: a person decides.</summary>
/// <param name="Score">Orders the proposals of one record; no probability.</param>
/// <param name="Parts">What was weighed.</param>
/// <param name="Clues">What was read, where anything names the other.</param>
public sealed record Proposal(RecordPair Pair, LinkKind Kind, double Score, IReadOnlyList<ComparedPart> Parts, IReadOnlyList<LinkClue> Clues);

/// <summary>A registry number that publications name and no record held carries: a trial registered elsewhere, or not fetched.</summary>
/// <param name="Clues">One for each publication that joins by it, in order of their ids.</param>
public sealed record UnheldNumber(string Number, IReadOnlyList<LinkClue> Clues);
