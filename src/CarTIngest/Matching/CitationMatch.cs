namespace CarTIngest.Matching;

/// <summary>What two citations are to each other.</summary>
public enum CitationRelation
{
    /// <summary>Two works.</summary>
    Different = 0,

    /// <summary>Alike, and below the threshold: a person may say.</summary>
    Unsure = 1,

    /// <summary>The first is the preprint of the second: two records, linked, never joined into one.</summary>
    PreprintOf = 2,

    /// <summary>One work recorded twice.</summary>
    Same = 3,
}

/// <summary>Two citations compared, with everything that was weighed.</summary>
/// <param name="First">The key of the one; of a preprint and its paper, the preprint.</param>
/// <param name="Score">The sum of the points, to be read against <see cref="CitationComparison.JoinFrom"/>; without meaning where an identifier decided.</param>
/// <param name="Reason">One sentence.</param>
public sealed record CitationMatch(string First, string Second, CitationRelation Relation, double Score, string Reason, IReadOnlyList<ComparedPart> Parts);
