using CarTIngest.Eligibility.Terms;
using CarTIngest.Eligibility.Text;
using CarTIngest.Records;

namespace CarTIngest.Eligibility.Rules;

/// <summary>A record with every word of the lexicon marked: what the rules read. Made by one scan.</summary>
internal sealed class MarkedRecord
{
    private readonly ILookup<Concept, Mention> byConcept;
    private readonly ILookup<(Passage Passage, int Sentence), Mention> bySentence;

    public MarkedRecord(SourceRecord record, Lexicon lexicon, Sections sections, int carNearTCell)
    {
        Record = record;
        Passages = RecordText.Of(record, sections);
        var mentions = Passages.SelectMany(lexicon.Scan).ToList();
        byConcept = mentions.ToLookup(mention => mention.Concept);
        bySentence = mentions.ToLookup(mention => (mention.Passage, mention.Sentence));
        Codes = new CodeNames(Passages, passage => mentions.Where(mention => mention.Passage == passage));
        CarT = new CarTMentions(this, carNearTCell).All;
    }

    public SourceRecord Record { get; }

    public Trial? Trial => Record as Trial;

    public Publication? Publication => Record as Publication;

    public IReadOnlyList<Passage> Passages { get; }

    /// <summary>What the title and the interventions call a product that no list knows.</summary>
    public CodeNames Codes { get; }

    /// <summary>Wherever CAR-T cells are meant, given or not.</summary>
    public IReadOnlyList<Mention> CarT { get; }

    /// <summary>Whether a publication has no text beyond its title.</summary>
    public bool TitleOnly => Publication is not null && Passages.All(passage => passage.Role is FieldRole.Title or FieldRole.Keyword or FieldRole.Index);

    public IEnumerable<Mention> Of(params ReadOnlySpan<Concept> concepts)
    {
        var found = new List<Mention>();
        foreach (var concept in concepts)
        {
            found.AddRange(byConcept[concept]);
        }

        return found;
    }

    /// <summary>All of the sentence in which a mention stands.</summary>
    public IEnumerable<Mention> InSentence(Mention mention) => bySentence[(mention.Passage, mention.Sentence)];

    /// <summary>Others in the same sentence.</summary>
    public IEnumerable<Mention> Beside(Mention mention) => InSentence(mention).Where(other => !ReferenceEquals(other, mention));

    public bool IsBeside(Mention mention, params ReadOnlySpan<Concept> concepts)
    {
        foreach (var concept in concepts)
        {
            if (Beside(mention).Any(other => other.Concept == concept))
            {
                return true;
            }
        }

        return false;
    }
}
