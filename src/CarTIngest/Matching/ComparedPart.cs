namespace CarTIngest.Matching;

/// <summary>One part of a comparison: what both sides say and what that is worth.</summary>
/// <param name="Part">title, authors, year, journal, …</param>
/// <param name="First">As stored; absent where that side says nothing.</param>
/// <param name="Second">As stored; absent where that side says nothing.</param>
/// <param name="Points">For the two being one (positive) or two (negative); 0 where either side is silent.</param>
public sealed record ComparedPart(string Part, string? First, string? Second, double Points);
