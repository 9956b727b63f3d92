using CarTIngest.Records;

namespace CarTIngest.Matching;

/// <summary>What a clue is worth alone.</summary>
public enum ClueStrength
{
    /// <summary>Fits, as it fits many others.</summary>
    Weak = 0,

    /// <summary>Worth a person's look; never joins.</summary>
    Suggestive = 1,

    /// <summary>Joins, until a person says otherwise.</summary>
    Strong = 2,

    /// <summary>Joins: the source itself says so.</summary>
    Certain = 3,

    /// <summary>Joins: a person says so, above every clue.</summary>
    Ruled = 4,
}

/// <summary>One reason to think that two records belong to one study.</summary>
/// <param name="Clue">The clue's name in <see cref="LinkClues"/>.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="ReadIn">The record in which the words stand.</param>
/// <param name="Number">The number that was read, where there is one.</param>
/// <param name="Date">What the clue's record gives as its date, where that helps to judge the clue.</param>
public sealed record LinkClue(string Clue, ClueStrength Strength, string Reason, RecordId ReadIn, IReadOnlyList<ReadWords> Words, string? Number, PartialDate? Date);
