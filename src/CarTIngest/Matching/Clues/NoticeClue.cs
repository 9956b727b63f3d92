using System.Globalization;
using CarTIngest.Records;

namespace CarTIngest.Matching.Clues;

/// <summary>PubMed's word that one citation is an erratum, a retraction or an expression of concern for another: it belongs where that one belongs, and is no report of its own.</summary>
internal sealed class NoticeClue : ILinkClue
{
    private static readonly string[] Types = ["ErratumFor", "RetractionOf", "ExpressionOfConcernFor"];

    public string Name => ClueNames.Notice;

    public IEnumerable<Mention> Read(SourceRecord record)
    {
        if (record is not Publication publication)
        {
            yield break;
        }

        foreach (var (at, correction) in publication.Corrections.Index())
        {
            if (correction.Pmid is { } pmid && Types.Contains(correction.Type, StringComparer.Ordinal))
            {
                yield return new($"pmid:{pmid.ToString(CultureInfo.InvariantCulture)}", MentionRole.Names, new(
                    Name, ClueStrength.Certain, $"PubMed marks it as {correction.Type} PMID {pmid}.", publication.Id,
                    [ReadWords.Whole($"corrections[{at}].type", correction.Type)], $"pmid:{pmid}", publication.Published));
            }
        }
    }
}
