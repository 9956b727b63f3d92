namespace CarTIngest.Matching;

/// <summary>All clues of one pair. A route of two clues (a paper names a number, a registration carries it) is as strong as its weaker one; the pair as its strongest route.</summary>
internal sealed class PairEvidence
{
    private readonly SortedSet<LinkClue> clues = new(LinkClueOrder.StrongestFirst);

    public ClueStrength Strength { get; private set; }

    public IReadOnlyList<LinkClue> Clues => [.. clues];

    public void Add(IReadOnlyList<LinkClue> route)
    {
        clues.UnionWith(route);
        var strength = route.Min(clue => clue.Strength);
        Strength = strength > Strength ? strength : Strength;
    }
}
