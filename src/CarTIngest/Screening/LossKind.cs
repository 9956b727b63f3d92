using System.Text.Json.Serialization;
using CarTIngest.Eligibility;

namespace CarTIngest.Screening;

/// <summary>How a record of an included study was lost.</summary>
[JsonConverter(typeof(LowerCaseNames<LossKind>))]
public enum LossKind
{
    /// <summary>No arm of the strategy matches it.</summary>
    Strategy = 0,

    /// <summary>Its source does not give it any more.</summary>
    Source = 1,

    /// <summary>The rulebook in force does not call it likely.</summary>
    Verdict = 2,
}
