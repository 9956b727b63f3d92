using CarTIngest.Eligibility.Text;

namespace CarTIngest.Eligibility.Terms;

/// <summary>A term of the lexicon in a passage.</summary>
/// <param name="First">Its first word in the passage.</param>
/// <param name="Last">Its last word, included.</param>
internal sealed record Mention(Passage Passage, Term Term, int First, int Last)
{
    public Concept Concept => Term.Concept;

    public int Sentence => Passage.Sentences[First];

    public Quote Quote => Passage.Quote(First, Last);

    public int Start => Passage.Words[First].Start;

    public int End => Passage.Words[Last].End;
}
