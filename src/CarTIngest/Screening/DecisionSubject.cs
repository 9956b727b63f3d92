using CarTIngest.Records;

namespace CarTIngest.Screening;

/// <summary>What is decided on, as the store knows it at that moment.</summary>
/// <param name="Id">A record's id, or a study's.</param>
/// <param name="Records">The records that it is made of.</param>
/// <param name="HasPublication">Whether one of them is a publication: without one there is no full text to read.</param>
/// <param name="HasResults">Whether results are posted in a registry.</param>
public sealed record DecisionSubject(string Id, IReadOnlyList<RecordId> Records, bool HasPublication, bool HasResults)
{
    /// <summary>Whether it is a study of the base review: through both stages without a vote, for it was published.</summary>
    public bool IsPublished { get; init; }
}
