using CarTIngest.Eligibility.Terms;
using CarTIngest.Eligibility.Text;

namespace CarTIngest.Eligibility.Rules;

/// <summary>
/// Names such as HX-21 or LTX404 that the title or an intervention bears: letters and a number, joined, and no word of the lexicon. Next week's product is on no list;
/// what a sentence says of its name holds for the record.
/// </summary>
internal sealed class CodeNames
{
    private const int MostLetters = 6;
    private const int FewestDigits = 2;

    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    public CodeNames(IEnumerable<Passage> passages, Func<Passage, IEnumerable<Mention>> mentionsIn)
    {
        foreach (var passage in passages.Where(passage => passage.Role is FieldRole.Title or FieldRole.Intervention))
        {
            var known = mentionsIn(passage).Where(mention => mention.Concept is not (Concept.Number or Concept.TrialDesign)).ToList();
            names.UnionWith(In(passage).Where(found => !known.Exists(mention => mention.First <= found.At && found.At <= mention.Last)).Select(found => found.Name));
        }
    }

    public bool Any => names.Count > 0;

    /// <summary>Whether the sentence of a mention names one of them.</summary>
    public bool IsNamedBeside(Mention mention) =>
        In(mention.Passage).Any(found => mention.Passage.Sentences[found.At] == mention.Sentence && names.Contains(found.Name));

    /// <summary>Every such name of a passage, known or not, with the place of its first word.</summary>
    internal static IEnumerable<(int At, string Name)> In(Passage passage)
    {
        var words = passage.Words;
        for (var at = 1; at < words.Count; at++)
        {
            var (letters, number) = (words[at - 1].Cased, words[at].Cased);
            var joined = words[at].Start == words[at - 1].End || (words[at].Start == words[at - 1].End + 1 && passage.Stored[words[at - 1].End] is not ' ');
            if (joined && words[at].Before <= Gap.Light && number.Length >= FewestDigits && char.IsDigit(number[0]) && letters.Length <= MostLetters && letters.All(char.IsUpper))
            {
                yield return (at - 1, letters + number);
            }
        }
    }
}
