using CarTIngest.Eligibility.Text;

namespace CarTIngest.Facts;

/// <summary>Countries in which trials of cells are done, by the names that texts use, and as the registry spells them. A country that is not here is not read.</summary>
internal static class CountryNames
{
    private static readonly string[] Lines =
    [
        "Argentina", "Australia", "Austria", "Belarus", "Belgium", "Brazil", "Bulgaria", "Canada", "Chile", "China=Mainland China|PR China|P.R. China|People's Republic of China", "Colombia", "Croatia", "Czechia=Czech Republic", "Denmark", "Egypt",
        "Estonia", "Finland", "France", "Germany", "Greece", "Hong Kong", "Hungary", "India", "Indonesia", "Iran", "Ireland", "Israel", "Italy", "Japan", "Kazakhstan", "Lithuania", "Malaysia", "Mexico", "Netherlands", "New Zealand", "Norway",
        "Pakistan", "Poland", "Portugal", "Romania", "Russia=Russian Federation", "Saudi Arabia", "Serbia", "Singapore", "Slovakia", "Slovenia", "South Africa", "South Korea=Republic of Korea|Korea", "Spain", "Sweden", "Switzerland", "Taiwan",
        "Thailand", "Turkey=Türkiye", "Ukraine", "United Arab Emirates", "United Kingdom=UK|Great Britain|England|Scotland|Wales", "United States=USA|US|U.S.|U.S.A.|United States of America", "Vietnam",
    ];

    private static readonly IReadOnlyList<(string Name, IReadOnlyList<Token> Words)> Known =
        [.. Lines.SelectMany(Read).OrderByDescending(name => name.Words.Count)];

    /// <summary>The country whose name begins there, and the place of the name's last word. Names are capitalised: a turkey is none.</summary>
    public static (string Name, int Last)? At(Passage passage, int at)
    {
        foreach (var (name, words) in Known)
        {
            if (at + words.Count <= passage.Words.Count && Enumerable.Range(0, words.Count).All(i => passage.Words[at + i].Cased == words[i].Cased && (i == 0 || passage.Words[at + i].Before <= Gap.Light)))
            {
                return (name, at + words.Count - 1);
            }
        }

        return null;
    }

    private static IEnumerable<(string Name, IReadOnlyList<Token> Words)> Read(string line)
    {
        var sides = line.Split('=');
        return sides.Skip(1).SelectMany(side => side.Split('|')).Prepend(sides[0]).Select(written => (sides[0], Words.Of(FoldedText.Of(written))));
    }
}
