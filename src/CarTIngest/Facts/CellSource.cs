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
    private const int MostToTheBearer = 5;

    private static readonly (string[] Words, string Source)[] Sources =
    [
        (["autologous"], Autologous), (["own"], Autologous),
        (["allogeneic"], Allogeneic), (["allogenic"], Allogeneic), (["donor"], Allogeneic), (["off", "the", "shelf"], Allogeneic), (["universal"], Allogeneic),
        (["haploidentical"], Allogeneic), (["third", "party"], Allogeneic),
    ];

    /// <summary>What may stand between the word and the cells.</summary>
    private static readonly HashSet<string> Between = new(StringComparer.Ordinal)
    {
        "a", "an", "the", "and", "or", "anti", "antigen", "cd", "specific", "specificity", "directed", "targeted", "targeting", "target", "redirected", "dual", "bispecific", "tandem", "bi", "multi", "compound", "single", "human", "humanized", "fully", "second", "third", "fourth",
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

    /// <summary>Between two kinds of cells that are both named.</summary>
    private static readonly HashSet<string> Parting = new(StringComparer.Ordinal) { "and", "or", "with", "by", "after", "before", "followed", "plus", "versus", "vs", "than", "from", "to" };

    /// <summary>In a sentence about other products than the one that is given.</summary>
    private static readonly HashSet<string> OfOthers = new(StringComparer.Ordinal) { "approved", "commercial", "commercially", "currently", "conventional", "traditional", "existing" };

    /// <summary>Of a receptor that a universal CAR-T cell of adapters bears: universal says nothing of the donor.</summary>
    private static readonly HashSet<string> Adapters = new(StringComparer.Ordinal) { "adapter", "adaptor", "switchable", "uni" };

    public static Fact? Of(Evidence evidence)
    {
        var adapters = evidence.Record.Passages.Any(passage => passage.Holds(0, passage.Words.Count - 1, Adapters));
        var said = evidence.Record.Passages.Where(MaySay).SelectMany(passage => In(evidence, passage, adapters).Select(one => (IsLead: IsLead(passage.Role), one.Source, one.Quote))).ToList();
        var found = said.Where(one => one.IsLead || !said.Exists(other => other.IsLead)).DistinctBy(one => one.Source).OrderByDescending(one => one.Source, StringComparer.Ordinal).ToList();
        return found.Count == 0 ? null : new Fact(FactKind.CellSource, [.. found.Select(one => one.Source)], [.. found.Select(one => one.Quote)]);
    }

    private static bool MaySay(Passage passage) => IsLead(passage.Role) || passage.Role is FieldRole.Summary or FieldRole.Description or FieldRole.Body or FieldRole.Keyword;

    /// <summary>Where the product is named: what summaries tell of other products does not count beside it.</summary>
    private static bool IsLead(FieldRole role) => role is FieldRole.Title or FieldRole.Intervention or FieldRole.InterventionDescription;

    private static IEnumerable<(string Source, Quote Quote)> In(Evidence evidence, Passage passage, bool adapters)
    {
        var cells = CellsIn(evidence, passage);
        for (var at = 0; at < passage.Words.Count; at++)
        {
            foreach (var (words, source) in Sources)
            {
                if (passage.Stands(at, words) && IsTail(passage, at, words[0]) && cells.Find(cell => cell.Last == at - 1) is { } before && IsMeant(evidence, before, before.First))
                {
                    yield return (source, passage.Quote(before.First, at));
                }
                else if (passage.Stands(at, words) && !(adapters && words[0] == "universal") && (words[0] != "own" || IsSomebodys(passage, at)) && Follows(passage, at, at + words.Length, cells) is { } head && IsMeant(evidence, head, at))
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

    /// <summary>"CD33 CAR-T cells (autologous)", "CD33CART allogeneic", with nothing after it that it might speak of.</summary>
    private static bool IsTail(Passage passage, int at, string word) =>
        word is Autologous or Allogeneic && passage.Role is FieldRole.Intervention or FieldRole.Title && (at + 1 == passage.Words.Count || (passage.Words[at].End < passage.Stored.Length && passage.Stored[passage.Words[at].End] == ')'));

    /// <summary>CAR-T cells, and T cells of which the words beside them say that they become such.</summary>
    private static List<Mention> CellsIn(Evidence evidence, Passage passage)
    {
        var record = evidence.Record;
        var named = record.CarT.Where(cell => cell.Passage == passage);
        var modified = record.Of(Concept.GeneModifiedT).Where(cell => cell.Passage == passage);
        var receptors = record.Of(Concept.Car, Concept.ChimericReceptor, Concept.CarT).Where(receptor => receptor.Passage == passage).ToList();
        var becoming = record.Of(Concept.TCell).Where(cell => cell.Passage == passage && (IsModifiedNext(passage, cell) || receptors.Exists(receptor => IsBornBy(passage, receptor, cell))));
        return [.. named.Concat(modified).Concat(becoming).OrderBy(cell => cell.First)];
    }

    /// <summary>"T cells transduced with a CAR".</summary>
    private static bool IsModifiedNext(Passage passage, Mention cell) =>
        cell.Last + 1 < passage.Words.Count && passage.Words[cell.Last + 1].Before <= Gap.Light && passage.Holds(cell.Last + 1, Math.Min(cell.Last + MostToTheMaking, passage.SentenceOf(cell.Last).Last), Modified);

    /// <summary>"a chimeric antigen receptor expressed on autologous T cells", "CD19 CAR autologous T cells".</summary>
    private static bool IsBornBy(Passage passage, Mention receptor, Mention cell) =>
        receptor.Last < cell.First && cell.First - receptor.Last <= MostToTheBearer && cell.Sentence == receptor.Sentence && !passage.Holds(receptor.Last + 1, cell.First, Parting)
        && Enumerable.Range(receptor.Last + 1, cell.First - receptor.Last).All(at => passage.Words[at].Before <= Gap.Light);

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

            if (passage.Words[at].Before != Gap.None && !Between.Contains(passage.Words[at].Key) && !char.IsDigit(passage.Words[at].Cased[0]) && (IsShouted(passage.Words[word]) || !IsAntigen(passage.Words[at])))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>CLL, BCMA, EGFRv: capitals name what the cells look for, where not all is written in them.</summary>
    private static bool IsAntigen(Token word) => (word.Cased.Count(char.IsUpper) > 1 || word.Cased.All(char.IsUpper)) && word.Cased is not ("HSCT" or "SCT" or "HCT" or "BMT" or "DLI" or "NK" or "PBSC" or "ASCT");

    private static bool IsShouted(Token word) => word.Cased.All(char.IsUpper);

    /// <summary>The patient's own, and not "our own".</summary>
    private static bool IsSomebodys(Passage passage, int own) => own > 0 && passage.Words[own - 1].Key is "s" or "patient" or "their" or "his" or "her" or "subject" or "participant";

    private static bool IsMeant(Evidence evidence, Mention cells, int word) =>
        evidence.TurnOf(cells) == Turn.None
        && !cells.Passage.Holds(Math.Max(word - MostToTheCompared, cells.Passage.SentenceOf(word).First), word - 1, Compared)
        && !cells.Passage.Holds(cells.Passage.SentenceOf(word).First, cells.Passage.SentenceOf(word).Last, OfOthers)
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
