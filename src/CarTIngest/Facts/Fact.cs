using CarTIngest.Eligibility;

namespace CarTIngest.Facts;

/// <summary>What a table of studies tells of each.</summary>
public enum FactKind
{
    /// <summary>As the registry spells it: EARLY_PHASE1, PHASE1, PHASE2, PHASE3, PHASE4, NA.</summary>
    Phase = 0,

    /// <summary>Of a registration: RECRUITING, COMPLETED, …</summary>
    Status = 1,

    /// <summary>Participants enrolled; planned where <see cref="EnrollmentType"/> says ESTIMATED.</summary>
    Enrollment = 2,

    /// <summary>Of a registration: ACTUAL or ESTIMATED.</summary>
    EnrollmentType = 3,

    /// <summary>Participants who were given the cells, as a publication counts them: often fewer than were enrolled.</summary>
    Treated = 4,

    /// <summary>The antigens of the CAR.</summary>
    Targets = 5,

    /// <summary>The product's name: of the lexicon, else as the registration or the publication names it.</summary>
    Product = 6,

    /// <summary>Autologous, allogeneic, or both.</summary>
    CellSource = 7,

    /// <summary>Where patients are treated. An author's affiliation is not that.</summary>
    Country = 8,

    /// <summary>Of a registration. Who paid for the work of a publication need not be its sponsor.</summary>
    Sponsor = 9,
}

/// <summary>One thing that a record says of its study. What it does not say is no fact, and is not here.</summary>
/// <param name="Values">At least one; several where it says several: two phases, two antigens, ten countries.</param>
/// <param name="Quotes">The words it was read from; at least one. A registry's number is quoted as its digits.</param>
public sealed record Fact(FactKind Kind, IReadOnlyList<string> Values, IReadOnlyList<Quote> Quotes)
{
    private const string Joint = "; ";

    /// <summary>As a table shows it: parted by semicolons.</summary>
    public string Text => string.Join(Joint, Values);

    internal static Fact Of(FactKind kind, string value, params IReadOnlyList<Quote> quotes) => new(kind, [value], quotes);
}
