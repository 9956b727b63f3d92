namespace CarTIngest.Matching;

/// <summary>Everything that joins and everything that is only proposed, each in order of its pair; the same for any order of the records.</summary>
public sealed record LinkSet(IReadOnlyList<Link> Links, IReadOnlyList<UnheldNumber> Unheld, IReadOnlyList<Proposal> Proposals);
