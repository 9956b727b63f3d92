using CarTIngest.Eligibility.Text;

namespace CarTIngest.Eligibility.Terms;

/// <summary>All words that the rules know, looked up in one scan. An expression within a longer one is not seen: "myeloid leukemia" in "chronic myeloid leukemia".</summary>
internal sealed class Lexicon
{
    /// <summary>What has a name of its own; the rest are hints.</summary>
    private static readonly HashSet<Concept> Names =
    [
        Concept.CarT, Concept.LicensedCarT, Concept.Car, Concept.CarBareOther, Concept.OtherCar, Concept.OtherCell, Concept.HybridCar, Concept.OtherModality, Concept.Product, Concept.CarPart, Concept.Antigen, Concept.ChimericReceptor, Concept.TurnNeutral,
        Concept.Aml, Concept.AmlTrap, Concept.Mpal, Concept.Bpdcn, Concept.Mds, Concept.BlastCrisis, Concept.BasketLeukemia, Concept.BasketHematologic,
        Concept.OtherLeukemia, Concept.OtherBloodCancer, Concept.SolidTumor, Concept.OtherDisease,
    ];

    private readonly Node root = new();

    public Lexicon(IEnumerable<Term> terms)
    {
        Terms = [.. terms];
        foreach (var term in Terms)
        {
            root.Add(term);
        }
    }

    public IReadOnlyList<Term> Terms { get; }

    public IReadOnlyList<Mention> Scan(Passage passage)
    {
        var found = new List<Mention>();
        for (var at = 0; at < passage.Words.Count; at++)
        {
            Walk(passage, at, at, root, found);
        }

        return Outermost(found);
    }

    private static void Walk(Passage passage, int first, int at, Node node, List<Mention> found)
    {
        if (at >= passage.Words.Count || (at > first && passage.Words[at].Before > Gap.Comma))
        {
            return;
        }

        foreach (var next in node.After(passage.Words[at].Key))
        {
            found.AddRange(next.Ends.Where(term => term.Fits(passage.Words, first)).Select(term => new Mention(passage, term, first, at)));
            Walk(passage, first, at + 1, next, found);
        }
    }

    /// <summary>
    /// Mentions in the order of the text, without those that lie within a longer name, or within a longer expression for the same. Hints and turns of phrase hide nothing:
    /// the T cells of "T cell injection" are T cells.
    /// </summary>
    private static List<Mention> Outermost(List<Mention> found) =>
        found.FindAll(mention => !found.Exists(longer => Holds(longer, mention) && (longer.Concept == mention.Concept || Names.Contains(longer.Concept))));

    private static bool Holds(Mention longer, Mention mention) => longer.First <= mention.First && mention.Last <= longer.Last && longer.Last - longer.First > mention.Last - mention.First;

    private sealed class Node
    {
        private readonly Dictionary<string, Node> next = new(StringComparer.Ordinal);
        private readonly List<(string Start, Node Node)> open = [];

        public List<Term> Ends { get; } = [];

        public void Add(Term term)
        {
            var node = this;
            for (var at = 0; at < term.Keys.Count; at++)
            {
                node = at == term.Keys.Count - 1 && term.Ending == TermEnding.Any ? node.Open(term.Keys[at]) : node.Next(term.Keys[at]);
            }

            node.Ends.Add(term);
        }

        public IEnumerable<Node> After(string key)
        {
            if (next.TryGetValue(key, out var node))
            {
                yield return node;
            }

            foreach (var (start, prefixed) in open)
            {
                if (key.StartsWith(start, StringComparison.Ordinal))
                {
                    yield return prefixed;
                }
            }
        }

        private Node Next(string key)
        {
            if (!next.TryGetValue(key, out var node))
            {
                next[key] = node = new Node();
            }

            return node;
        }

        private Node Open(string start)
        {
            if (open.Find(some => some.Start == start).Node is { } node)
            {
                return node;
            }

            node = new Node();
            open.Add((start, node));
            return node;
        }
    }
}
