namespace CarTIngest.Matching;

/// <summary>The order in which the clues of a link are shown, and by which they are distinct: strongest first, then as their words stand in the records.</summary>
internal sealed class LinkClueOrder : IComparer<LinkClue>
{
    public static LinkClueOrder StrongestFirst { get; } = new();

    public int Compare(LinkClue? x, LinkClue? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var order = y.Strength.CompareTo(x.Strength);
        order = order != 0 ? order : x.ReadIn.CompareTo(y.ReadIn);
        order = order != 0 ? order : string.CompareOrdinal(x.Clue, y.Clue);
        order = order != 0 ? order : string.CompareOrdinal(Place(x), Place(y));
        return order != 0 ? order : (x.Words.Count > 0 ? x.Words[0].Offset : 0).CompareTo(y.Words.Count > 0 ? y.Words[0].Offset : 0);
    }

    private static string Place(LinkClue clue) => clue.Words.Count > 0 ? clue.Words[0].Field : "";
}
