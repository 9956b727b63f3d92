using System.Text.Json.Serialization;

namespace CarTIngest.Eligibility;

/// <summary>How a record answers one criterion.</summary>
[JsonConverter(typeof(LowerCaseNames<CriterionAnswer>))]
public enum CriterionAnswer
{
    /// <summary>The text that would tell is missing, or cannot tell. Missing text is silence, never rejection.</summary>
    Silent = 0,

    /// <summary>The text says that it is there.</summary>
    Met = 1,

    /// <summary>The text that would say that it is there says otherwise, or nothing.</summary>
    Unmet = 2,
}

/// <summary>The three criteria, the same for publications and registrations.</summary>
/// <param name="Intervention">CAR-T cells.</param>
/// <param name="Population">AML among those treated.</param>
/// <param name="Design">Humans treated or observed.</param>
public sealed record Criteria(CriterionAnswer Intervention, CriterionAnswer Population, CriterionAnswer Design);
