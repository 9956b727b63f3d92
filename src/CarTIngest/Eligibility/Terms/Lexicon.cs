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

    /// <summary>Of the longest expression.</summary>
    private readonly int mostWords;

    public Lexicon(IEnumerable<Term> terms)
    {
        Terms = [.. terms];
        foreach (var term in Terms)
        {
            root.Add(term);
            mostWords = Math.Max(mostWords, term.Keys.Count);
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

        var key = passage.Words[at].Key;
        if (node.Whole(key) is { } whole)
        {
            Arrive(passage, first, at, whole, found);
        }

        foreach (var (start, open) in node.Open)
        {
            if (key.StartsWith(start, StringComparison.Ordinal))
            {
                Arrive(passage, first, at, open, found);
            }
        }
    }

    private static void Arrive(Passage passage, int first, int at, Node node, List<Mention> found)
    {
        foreach (var term in node.Ends)
        {
            if (term.Fits(passage.Words, first))
            {
                found.Add(new Mention(passage, term, first, at));
            }
        }

        Walk(passage, first, at + 1, node, found);
    }

    /// <summary>
    /// Mentions in the order of the text, without those that lie within a longer name, or within a longer expression for the same. Hints and turns of phrase hide nothing:
    /// the T cells of "T cell injection" are T cells.
    /// </summary>
    private List<Mention> Outermost(List<Mention> found)
    {
        // In the order of their first words: what holds a mention begins at most the longest expression before it, and at its own first word at the latest.
        var kept = new List<Mention>(found.Count);
        var from = 0;
        for (var at = 0; at < found.Count; at++)
        {
            var mention = found[at];
            while (found[from].First < mention.First - mostWords)
            {
                from++;
            }

            var held = false;
            for (var other = from; other < found.Count && found[other].First <= mention.First && !held; other++)
            {
                held = Holds(found[other], mention) && (found[other].Concept == mention.Concept || Names.Contains(found[other].Concept));
            }

            if (!held)
            {
                kept.Add(mention);
            }
        }

        return kept;
    }

    private static bool Holds(Mention longer, Mention mention) => longer.First <= mention.First && mention.Last <= longer.Last && longer.Last - longer.First > mention.Last - mention.First;

    private sealed class Node
    {
        private readonly Dictionary<string, Node> next = new(StringComparer.Ordinal);
        /// <summary>By the start of a word.</summary>
        public List<(string Start, Node Node)> Open { get; } = [];

        public List<Term> Ends { get; } = [];

        public void Add(Term term)
        {
            var node = this;
            for (var at = 0; at < term.Keys.Count; at++)
            {
                node = at == term.Keys.Count - 1 && term.Ending == TermEnding.Any ? node.OpenAt(term.Keys[at]) : node.Next(term.Keys[at]);
            }

            node.Ends.Add(term);
        }

        public Node? Whole(string key) => next.GetValueOrDefault(key);

        private Node Next(string key)
        {
            if (!next.TryGetValue(key, out var node))
            {
                next[key] = node = new Node();
            }

            return node;
        }

        private Node OpenAt(string start)
        {
            if (Open.Find(some => some.Start == start).Node is { } node)
            {
                return node;
            }

            node = new Node();
            Open.Add((start, node));
            return node;
        }
    }
}
