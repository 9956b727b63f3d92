using CarTIngest.Eligibility;
using CarTIngest.Eligibility.Rules;
using CarTIngest.Eligibility.Terms;
using CarTIngest.Eligibility.Text;

namespace CarTIngest.Facts;

/// <summary>
/// Whether the cells are the patient's own or another's: where such a word stands right before the CAR-T cells that are given ("allogeneic CD7-directed CAR-T cells"), or
/// where they are said to be made of somebody's cells. A transplant's donor, a graft, and cells that are compared or were given before say nothing of the product.
/// </summary>
internal static class CellSource
{
    private const string Autologous = "autologous";
    private const string Allogeneic = "allogeneic";
    private const int MostBetween = 12;
    private const int MostToTheMaking = 9;
    private const int MostToTheCompared = 3;

    private static readonly (string[] Words, string Source)[] Sources =
    [
        (["autologous"], Autologous), (["own"], Autologous),
        (["allogeneic"], Allogeneic), (["allogenic"], Allogeneic), (["donor"], Allogeneic), (["off", "the", "shelf"], Allogeneic), (["universal"], Allogeneic),
        (["haploidentical"], Allogeneic), (["third", "party"], Allogeneic),
    ];

    /// <summary>What may stand between the word and the cells.</summary>
    private static readonly HashSet<string> Between = new(StringComparer.Ordinal)
    {
        "a", "an", "the", "and", "or", "anti", "antigen", "cd", "specific", "directed", "targeted", "targeting", "redirected", "dual", "bispecific", "tandem", "bi", "multi", "compound", "single", "human", "humanized", "fully", "second", "third", "fourth",
        "generation", "next", "gene", "edited", "modified", "genetically", "engineered", "transduced", "lentivirally", "lentiviral", "retroviral", "virally", "viral", "non", "cryopreserved", "fresh", "expanded", "ex", "vivo", "activated", "derived",
        "donor", "healthy", "patient", "peripheral", "blood", "memory", "central", "autologous", "allogeneic", "allogenic", "universal", "off", "shelf", "haploidentical", "hla", "matched", "mismatched", "related", "unrelated", "sibling", "party",
        "gamma", "delta", "alpha", "beta", "logic", "gated", "switchable", "armored", "novel", "investigational", "first", "class", "rapidly", "manufactured", "fast", "crispr", "talen", "base", "cas", "positive", "negative", "of", "fused",
    };

    /// <summary>Before the word: the cells are others than those given.</summary>
    private static readonly HashSet<string> Compared = new(StringComparer.Ordinal) { "than", "versus", "vs", "compared", "unlike", "conventional", "existing", "current", "previous", "prior", "like", "most", "non" };

    private static readonly HashSet<string> Making = new(StringComparer.Ordinal) { "derived", "manufactured", "generated", "produced", "prepared", "made", "sourced", "engineered" };

    /// <summary>Between "made from" and the donor or the patient.</summary>
    private static readonly HashSet<string> Donors = new(StringComparer.Ordinal)
    {
        "a", "an", "the", "each", "healthy", "haploidentical", "related", "unrelated", "sibling", "matched", "mismatched", "hla", "third", "party", "transplant", "stem", "cell", "original", "allogeneic", "their", "his", "her", "same", "patient", "s", "of", "t", "lymphocyte", "peripheral", "blood",
    };

    /// <summary>What is done to T cells that become the product.</summary>
    private static readonly HashSet<string> Modified = new(StringComparer.Ordinal) { "transduced", "engineered", "modified", "expressing", "redirected", "transfected", "electroporated", "bearing", "armed", "car", "genetically" };

    /// <summary>Of a receptor that a universal CAR-T cell of adapters bears: universal says nothing of the donor.</summary>
    private static readonly HashSet<string> Adapters = new(StringComparer.Ordinal) { "adapter", "adaptor", "switchable", "uni" };

    public static Fact? Of(Evidence evidence)
    {
        var adapters = evidence.Record.Passages.Any(passage => passage.Holds(0, passage.Words.Count - 1, Adapters));
        var found = evidence.Record.Passages.Where(MaySay).SelectMany(passage => In(evidence, passage, adapters)).DistinctBy(one => one.Source).OrderByDescending(one => one.Source, StringComparer.Ordinal).ToList();
        return found.Count == 0 ? null : new Fact(FactKind.CellSource, [.. found.Select(one => one.Source)], [.. found.Select(one => one.Quote)]);
    }

    private static bool MaySay(Passage passage) => passage.Role is FieldRole.Title or FieldRole.Intervention or FieldRole.InterventionDescription or FieldRole.Summary or FieldRole.Description or FieldRole.Body or FieldRole.Keyword;

    private static IEnumerable<(string Source, Quote Quote)> In(Evidence evidence, Passage passage, bool adapters)
    {
        var cells = CellsIn(evidence, passage);
        for (var at = 0; at < passage.Words.Count; at++)
        {
            foreach (var (words, source) in Sources)
            {
                if (passage.Stands(at, words) && !(adapters && words[0] == "universal") && (words[0] != "own" || IsSomebodys(passage, at)) && Follows(passage, at, at + words.Length, cells) is { } head && IsMeant(evidence, head, at))
                {
                    yield return (source, passage.Quote(at, Math.Max(head.Last, at + words.Length - 1)));
                }
            }

            if (MadeFrom(passage, at) is { } made && cells.LastOrDefault(cell => cell.Last < at && cell.Sentence == passage.Sentences[at]) is { } product
                && at - product.Last <= MostToTheMaking && IsMeant(evidence, product, product.First))
            {
                yield return (made.Source, passage.Quote(product.First, made.Last));
            }
        }
    }

    /// <summary>CAR-T cells, and T cells of which the next words say that they become such.</summary>
    private static List<Mention> CellsIn(Evidence evidence, Passage passage)
    {
        var record = evidence.Record;
        var named = record.CarT.Where(cell => cell.Passage == passage);
        var modified = record.Of(Concept.GeneModifiedT).Where(cell => cell.Passage == passage);
        var becoming = record.Of(Concept.TCell).Where(cell => cell.Passage == passage && passage.Holds(cell.Last + 1, Math.Min(cell.Last + MostToTheMaking, passage.SentenceOf(cell.Last).Last), Modified) && cell.Last + 1 < passage.Words.Count && passage.Words[cell.Last + 1].Before <= Gap.Light);
        return [.. named.Concat(modified).Concat(becoming).OrderBy(cell => cell.First)];
    }

    /// <summary>The cells that a word speaks of: it stands within their name, or nothing but what describes them stands between.</summary>
    private static Mention? Follows(Passage passage, int word, int next, List<Mention> cells)
    {
        if (cells.Find(cell => cell.First <= word && next - 1 <= cell.Last) is { } within)
        {
            return within;
        }

        for (var at = next; at < passage.Words.Count && at - next <= MostBetween && passage.Words[at].Before <= Gap.Comma; at++)
        {
            if (cells.Find(cell => cell.First == at) is { } cell)
            {
                return cell;
            }

            if (!Between.Contains(passage.Words[at].Key) && !char.IsDigit(passage.Words[at].Cased[0]) && !IsAntigen(passage, at))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>CLL, FLT, BCMA: letters in capitals name what the cells look for.</summary>
    private static bool IsAntigen(Passage passage, int at) => passage.Words[at].Cased is { Length: >= 2 } word && word.All(letter => char.IsUpper(letter) || char.IsDigit(letter)) && word is not ("HSCT" or "SCT" or "HCT" or "BMT" or "DLI" or "NK" or "PBSC" or "ASCT");

    /// <summary>The patient's own, and not "our own".</summary>
    private static bool IsSomebodys(Passage passage, int own) => own > 0 && passage.Words[own - 1].Key is "s" or "patient" or "their" or "his" or "her" or "subject" or "participant";

    private static bool IsMeant(Evidence evidence, Mention cells, int word) =>
        evidence.TurnOf(cells) == Turn.None
        && !cells.Passage.Holds(Math.Max(word - MostToTheCompared, cells.Passage.SentenceOf(word).First), word - 1, Compared)
        && !evidence.Record.IsBeside(cells, Concept.Preclinical, Concept.ExVivo, Concept.Animals, Concept.TurnOutlook);

    /// <summary>"derived from a healthy donor", "manufactured from their own T cells".</summary>
    private static (string Source, int Last)? MadeFrom(Passage passage, int at)
    {
        if (!Making.Contains(passage.Words[at].Key) || at + 1 >= passage.Words.Count || passage.Words[at + 1].Key is not "from" || passage.Words[at + 1].Before > Gap.Light)
        {
            return null;
        }

        for (var next = at + 2; next < passage.Words.Count && passage.Words[next].Before <= Gap.Light; next++)
        {
            switch (passage.Words[next].Key)
            {
                case "donor" when !passage.Stands(next + 1, ["lymphocyte", "infusion"]):
                    return (Allogeneic, next);
                case "own" or "autologous":
                    return (Autologous, next);
                case var key when !Donors.Contains(key):
                    return null;
            }
        }

        return null;
    }
}
