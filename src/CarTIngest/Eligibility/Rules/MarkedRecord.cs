using CarTIngest.Eligibility.Terms;
using CarTIngest.Eligibility.Text;
using CarTIngest.Records;

namespace CarTIngest.Eligibility.Rules;

/// <summary>A record with every word of the lexicon marked: what the rules read. Made by one scan.</summary>
internal sealed class MarkedRecord
{
    private readonly ILookup<Concept, Mention> byConcept;
    private readonly ILookup<Passage, Mention> byPassage;

    public MarkedRecord(SourceRecord record, Lexicon lexicon, Sections sections, int carNearTCell)
    {
        Record = record;
        Passages = RecordText.Of(record, sections);
        var mentions = Passages.SelectMany(lexicon.Scan).ToList();
        byConcept = mentions.ToLookup(mention => mention.Concept);
        byPassage = mentions.ToLookup(mention => mention.Passage);
        Codes = new CodeNames(Passages, In);
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

    public IEnumerable<Mention> In(Passage passage) => byPassage[passage];

    /// <summary>Others in the same sentence.</summary>
    public IEnumerable<Mention> Beside(Mention mention) => In(mention.Passage).Where(other => other != mention && other.Sentence == mention.Sentence);

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
