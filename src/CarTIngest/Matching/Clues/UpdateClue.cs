using System.Globalization;
using CarTIngest.Records;

namespace CarTIngest.Matching.Clues;

/// <summary>PubMed's word that one citation is another's later version: so it joins a preprint to its paper.</summary>
internal sealed class UpdateClue : ILinkClue
{
    public string Name => ClueNames.Update;

    public IEnumerable<Mention> Read(SourceRecord record)
    {
        if (record is not Publication publication)
        {
            yield break;
        }

        foreach (var (at, correction) in publication.Corrections.Index())
        {
            if (correction is { Pmid: { } pmid, Type: "UpdateOf" or "UpdateIn" })
            {
                yield return new($"pmid:{pmid.ToString(CultureInfo.InvariantCulture)}", MentionRole.Names, new(
                    Name, ClueStrength.Certain, $"PubMed marks it as {correction.Type} PMID {pmid}.", publication.Id,
                    [ReadWords.Whole($"corrections[{at}].type", correction.Type)], $"pmid:{pmid}", publication.Published));
            }
        }
    }
}
