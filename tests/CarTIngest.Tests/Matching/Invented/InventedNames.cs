using System.Globalization;

namespace CarTIngest.Tests.Matching.Invented;

/// <summary>Names of nobody and nothing, the same for the same seed.</summary>
internal sealed class InventedNames(int seed)
{
    private static readonly string[] Heads = ["Bra", "Cor", "Del", "Fen", "Gar", "Hol", "Jas", "Kel", "Lor", "Mar", "Nov", "Pel", "Quin", "Ros", "Sel", "Tam", "Ul", "Vor", "Wes", "Zan"];
    private static readonly string[] Tails = ["bek", "dor", "fald", "gren", "hiro", "ken", "lund", "mota", "nyi", "pova", "ric", "shan", "tov", "vist", "wick", "zini"];
    private static readonly string[] Places = ["Northmere", "Valdoria", "Eastbrook", "Kirnholm", "Santa Rielle", "Tavora", "Ostrand", "Lakefield", "Merivale", "Port Esker", "Hautmont", "Ringsund", "Quellin", "Brackwater"];
    private static readonly string[] Antigens = ["XA11", "XB27", "XC38", "XD44", "XE52", "XF63", "XG70", "XH81", "XK96", "XL99"];
    private readonly Random random = new(seed);

    public int Below(int end) => random.Next(end);

    public T One<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    public string Surname() => One(Heads) + One(Tails);

    public string Given() => ((char)('A' + random.Next(26))).ToString();

    public string Antigen() => One(Antigens);

    public string Product() => One(["ZQ", "VX", "KTR", "HLB", "OM"]) + "-" + random.Next(100, 999).ToString(CultureInfo.InvariantCulture);

    public string Sponsor() => One([One(Places) + " University Hospital", "The First Hospital of " + One(Places), One(Heads) + "ova Therapeutics, Inc.", One(Places) + " Cancer Institute"]);

    public string Acronym() => (One(Heads) + One(Tails)).ToUpperInvariant();
}
