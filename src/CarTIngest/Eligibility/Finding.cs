using System.Text.Json.Serialization;

namespace CarTIngest.Eligibility;

/// <summary>Which way a finding speaks.</summary>
[JsonConverter(typeof(LowerCaseNames<Outcome>))]
public enum Outcome
{
    /// <summary>It was looked for and could not be told.</summary>
    Silent = 0,

    /// <summary>For the criterion.</summary>
    Supports = 1,

    /// <summary>Against it.</summary>
    Against = 2,
}

/// <summary>Words of a record, as they are stored.</summary>
/// <param name="Field">A path into the record's line as <c>parse</c> writes it: <c>abstract[1].text</c>.</param>
/// <param name="Offset">In UTF-16 code units of that value.</param>
/// <param name="Length">In UTF-16 code units.</param>
/// <param name="Text">That slice.</param>
public sealed record Quote(string Field, int Offset, int Length, string Text);

/// <summary>What one rule found in a record.</summary>
/// <param name="Rule">The rule's name in the rulebook.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="Quotes">The words it read; none where it found none.</param>
public sealed record Finding(string Rule, Outcome Outcome, string Reason, IReadOnlyList<Quote> Quotes);
