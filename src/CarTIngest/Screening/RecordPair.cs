namespace CarTIngest.Screening;

/// <summary>Two records, whichever was named first.</summary>
/// <param name="First">The one that comes first by code units.</param>
public sealed record RecordPair(string First, string Second)
{
    public static RecordPair Of(string one, string other) => string.CompareOrdinal(one, other) <= 0 ? new(one, other) : new(other, one);
}

/// <summary>What a person said of a link between two records; the last word counts.</summary>
public enum LinkWord
{
    /// <summary>They are of one study.</summary>
    Confirmed = 0,

    /// <summary>They are not, for good: no clue links them again.</summary>
    KeptApart = 1,
}

/// <summary>One person's word on a link between two records. A later word does not take it away.</summary>
public sealed record LinkSaid(LinkWord Word, string By, DateTimeOffset At, string? Because);
