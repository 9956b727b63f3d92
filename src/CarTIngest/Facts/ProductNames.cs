using CarTIngest.Eligibility;
using CarTIngest.Eligibility.Rules;
using CarTIngest.Eligibility.Terms;
using CarTIngest.Eligibility.Text;
using CarTIngest.Records;

namespace CarTIngest.Facts;

/// <summary>
/// What the cells are called: the lexicon's products among what is given; else the interventions of a registration that name CAR-T cells, as they stand there; else, of a publication,
/// a code such as HX-21 that a sentence introduces as such cells. A product that was given before, or serves as a comparison, is not it.
/// </summary>
internal static class ProductNames
{
    private const int MostDescribed = 10;

    private static readonly HashSet<string> Describing = new(StringComparer.Ordinal)
    {
        "a", "an", "is", "was", "novel", "new", "autologous", "allogeneic", "universal", "off", "the", "shelf", "anti", "directed", "targeted", "targeting", "specific", "dual", "tandem", "bispecific", "compound", "second", "third", "fourth", "generation", "first", "in", "class", "investigational", "armored", "human", "humanized", "fully", "donor", "derived", "gene", "edited", "modified", "cd", "and", "antigen",
    };

    public static Fact? Of(Evidence evidence) => Listed(evidence) ?? (evidence.Record.Trial is { } trial ? Registered(evidence, trial) : Introduced(evidence));

    private static Fact? Listed(Evidence evidence)
    {
        var given = evidence.Record.Of(Concept.Product, Concept.LicensedCarT).Where(product => evidence.IsGiven(product) && IsWrittenAsAName(product)).DistinctBy(product => product.Term.Name).OrderBy(product => product.Term.Name, StringComparer.Ordinal).ToList();
        return given.Count == 0 ? null : new Fact(FactKind.Product, [.. given.Select(product => product.Term.Name)], [.. given.Select(product => product.Quote)]);
    }

    /// <summary>CD4CAR is a name; CD4+ CAR-T cells, and a CD4 CAR, are a kind.</summary>
    private static bool IsWrittenAsAName(Mention product) =>
        !product.Quote.Text.Contains('+', StringComparison.Ordinal) && (product.Term.Written.Any(sign => sign is ' ' or '-') || !product.Quote.Text.Any(char.IsWhiteSpace));

    private static Fact? Registered(Evidence evidence, Trial trial)
    {
        var fields = evidence.CarTGiven.Select(cells => cells.Passage.Field).ToHashSet(StringComparer.Ordinal);
        var named = trial.Interventions.Index().Where(one => fields.Contains(FieldOf(one.Index))).Select(one => (Field: FieldOf(one.Index), Name: one.Item.Name ?? "")).DistinctBy(one => one.Name).ToList();
        return named.Count == 0 ? null : new Fact(FactKind.Product, [.. named.Select(one => one.Name)], [.. named.Select(one => new Quote(one.Field, 0, one.Name.Length, one.Name))]);
    }

    private static string FieldOf(int intervention) => $"interventions[{intervention}].name";

    private static Fact? Introduced(Evidence evidence)
    {
        var found = evidence.Record.Passages.Where(passage => passage.Role is FieldRole.Title or FieldRole.Body).SelectMany(passage => IntroducedIn(evidence, passage)).DistinctBy(quote => Letters(quote.Text)).OrderBy(quote => quote.Text, StringComparer.Ordinal).ToList();
        return found.Count == 0 ? null : new Fact(FactKind.Product, [.. found.Select(quote => quote.Text)], found);
    }

    private static IEnumerable<Quote> IntroducedIn(Evidence evidence, Passage passage)
    {
        var cells = evidence.Record.CarT.Where(cell => cell.Passage == passage && evidence.TurnOf(cell) == Turn.None).ToList();
        foreach (var (at, _) in CodeNames.In(passage).Where(code => !IsKnown(evidence, passage, code.At)))
        {
            if (IsOpened(passage, at + 2, cells) || IsInBrackets(passage, at, cells))
            {
                yield return passage.Quote(at, at + 1);
            }
        }
    }

    /// <summary>Antigens, cell lines, trials' numbers: the lexicon has another name for it.</summary>
    private static bool IsKnown(Evidence evidence, Passage passage, int at) =>
        Enum.GetValues<Concept>().Where(concept => concept is not (Concept.Number or Concept.TrialDesign)).Any(concept => evidence.Record.Of(concept).Any(mention => mention.Passage == passage && mention.First <= at + 1 && at <= mention.Last));

    /// <summary>"HX-21, an autologous CD33 CAR-T product", "HX-21 is a CAR-T".</summary>
    private static bool IsOpened(Passage passage, int next, List<Mention> cells)
    {
        if (next >= passage.Words.Count || passage.Words[next].Key is not ("a" or "an" or "is"))
        {
            return false;
        }

        for (var at = next; at < passage.Words.Count && at - next <= MostDescribed && (at == next || passage.Words[at].Before <= Gap.Comma); at++)
        {
            if (cells.Exists(cell => cell.First == at))
            {
                return true;
            }

            if (!Describing.Contains(passage.Words[at].Key) && !char.IsDigit(passage.Words[at].Cased[0]) && !passage.Words[at].Cased.All(char.IsUpper))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>"CD33 CAR-T cells (HX-21)".</summary>
    private static bool IsInBrackets(Passage passage, int at, List<Mention> cells)
    {
        var (start, end) = (passage.Words[at].Start, passage.Words[at + 1].End);
        return start > 0 && end < passage.Stored.Length && passage.Stored[start - 1] == '(' && passage.Stored[end] == ')' && cells.Exists(cell => cell.Last == at - 1);
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit));
}
