using CarTIngest.Eligibility.Rules;
using CarTIngest.Eligibility.Terms;
using CarTIngest.Eligibility.Text;

namespace CarTIngest.Eligibility;

/// <summary>
/// The antigens of the CAR, where the text binds them to it: CD33 CAR-T, anti-CD33, CD33-directed, directed against CD33, CART-33, and lists of these.
/// Signalling parts of the receptor, markers of T-cell subsets and antigens of other diseases in passing are not bound, and are not targets.
/// </summary>
internal sealed class Targets(Lexicon lexicon)
{
    private const int FewWords = 4;

    public static IReadOnlyList<string> NamesOf(IEnumerable<BoundTarget> bound) => [.. bound.Select(target => target.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Each with the words that name it; an antigen may come several times.</summary>
    public IReadOnlyList<BoundTarget> Read(Evidence evidence)
    {
        var record = evidence.Record;
        var bound = record.Of(Concept.Antigen).Where(antigen => Counts(evidence, antigen) && IsBound(record, antigen)).ToList();
        var lead = bound.Where(antigen => IsLead(antigen.Passage.Role)).ToList();
        List<BoundTarget> found = [.. (lead.Count > 0 ? lead : bound).Select(BoundTarget.Of), .. Numbered(evidence)];
        return found.Count > 0 ? found
            : [.. record.Of(Concept.Antigen).Where(antigen => antigen.Passage.Role is FieldRole.Title or FieldRole.Condition && IsMarker(antigen)).Select(BoundTarget.Of)];
    }

    private static bool IsLead(FieldRole role) => role is FieldRole.Title or FieldRole.Intervention or FieldRole.InterventionDescription or FieldRole.Condition or FieldRole.Summary or FieldRole.Body;

    private static bool Counts(Evidence evidence, Mention antigen) =>
        antigen.Passage.Role is not (FieldRole.Exclusion or FieldRole.Background or FieldRole.Index or FieldRole.Inclusion) && evidence.TurnOf(antigen) is Turn.None or Turn.Second
        && !evidence.Record.Beside(antigen).Any(other => other.Concept == Concept.CarT && evidence.TurnOf(other) is Turn.Prior or Turn.After && other.First - antigen.Last is >= 0 and < FewWords);

    private static bool IsBound(MarkedRecord record, Mention antigen)
    {
        var words = antigen.Passage.Words;
        var binders = record.Beside(antigen).Where(other => other.Concept == Concept.AntigenBinder).ToList();
        var cars = record.Beside(antigen).Where(other => other.Concept is Concept.Car or Concept.ChimericReceptor or Concept.CarT or Concept.CarBare or Concept.OtherCar or Concept.HybridCar or Concept.Product).ToList();
        return binders.Exists(binder => Reaches(record, binder, antigen) || (binder.First == antigen.Last + 1 && words[binder.First].Before <= Gap.Light))
            || binders.Exists(binder => binder.Term.Keys[0] is "specific" or "targeted" or "directed" or "redirected" or "targeting" && Reaches(record, antigen, binder))
            || cars.Exists(car => Reaches(record, antigen, car) || (car.Last + 1 == antigen.First && words[antigen.First].Before <= Gap.Light && antigen.Start - car.End <= 1 && antigen.Passage.Stored[car.End] != ' '));
    }

    /// <summary>Whether nothing but other antigens, binding words and joints stands between two mentions.</summary>
    private static bool Reaches(MarkedRecord record, Mention from, Mention to)
    {
        if (to.First <= from.Last)
        {
            return false;
        }

        var covered = record.InSentence(from).Where(mention => mention.Concept is Concept.Antigen or Concept.AntigenBinder && mention.First > from.Last && mention.Last < to.First).ToList();
        var words = from.Passage.Words;
        for (var at = from.Last + 1; at < to.First; at++)
        {
            if (!covered.Exists(mention => mention.First <= at && at <= mention.Last) && !Joints.Contains(words[at].Key) && !char.IsDigit(words[at].Cased[0]))
            {
                return false;
            }
        }

        return true;
    }

    private static readonly HashSet<string> Joints = new(StringComparer.Ordinal)
    {
        "and", "or", "the", "both", "to", "with", "dual", "bi", "tandem", "antigen", "protein", "single", "specific", "target", "positive", "cell", "surface", "of", "human", "humanized", "epitope", "molecule", "ligand", "a", "an", "second", "third", "fourth", "generation", "autologous", "allogeneic", "universal", "anti", "n",
    };

    /// <summary>CART-33, CAR123, 4SCAR19: the number of the CD antigen stands for it.</summary>
    private IEnumerable<BoundTarget> Numbered(Evidence evidence)
    {
        var known = lexicon.Terms.Where(term => term.Concept == Concept.Antigen).Select(term => term.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var car in evidence.Record.Of(Concept.CarT, Concept.Car, Concept.CarBare, Concept.Product).Where(evidence.IsGiven))
        {
            var words = car.Passage.Words;
            for (var at = car.First + 1; at < words.Count && (at <= car.Last || IsGlued(car.Passage, at)); at++)
            {
                var named = "CD" + words[at].Cased;
                if (known.Contains(named) && (at > car.Last || IsReceptor(words[at - 1]) || words[at - 1].Cased == "CD"))
                {
                    yield return new BoundTarget(named, car.Passage.Quote(car.First, Math.Max(at, car.Last)));
                }
            }
        }
    }

    /// <summary>A number that belongs to the word before it: CART-33, and not "CAR-T 5×10⁶".</summary>
    private static bool IsGlued(Passage passage, int at)
    {
        var (before, word) = (passage.Words[at - 1], passage.Words[at]);
        return char.IsDigit(word.Cased[0]) && (word.Start == before.End || (word.Start == before.End + 1 && passage.Stored[before.End] is not (' ' or '\u00A0')));
    }

    private static bool IsReceptor(Token word) => word.Key.EndsWith("cart", StringComparison.Ordinal) || word.Key.EndsWith("car", StringComparison.Ordinal) || word.Key is "t" or "daric";

    /// <summary>CD33+, CD33-positive: the disease bears what the CAR will look for.</summary>
    private static bool IsMarker(Mention antigen)
    {
        var words = antigen.Passage.Words;
        return words[antigen.Last].Positive || (antigen.Last + 1 < words.Count && words[antigen.Last + 1].Key is "positive" or "expressing");
    }
}

/// <param name="Name">The antigen, as the lexicon spells it.</param>
/// <param name="Quote">The words that name it.</param>
internal sealed record BoundTarget(string Name, Quote Quote)
{
    public static BoundTarget Of(Mention antigen) => new(antigen.Term.Name, antigen.Quote);
}
