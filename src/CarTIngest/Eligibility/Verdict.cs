using System.Text.Json.Serialization;

namespace CarTIngest.Eligibility;

/// <summary>What the machine says of a record. Never what people decide: theirs is the class of a study.</summary>
[JsonConverter(typeof(LowerCaseNames<Verdict>))]
public enum Verdict
{
    /// <summary>A criterion is unmet, or neither intervention nor population is met.</summary>
    Unlikely = 0,

    /// <summary>All else, and the named cases.</summary>
    Possible = 1,

    /// <summary>All three criteria are met.</summary>
    Likely = 2,
}
