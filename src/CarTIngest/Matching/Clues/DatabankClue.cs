using CarTIngest.Records;

namespace CarTIngest.Matching.Clues;

/// <summary>The accession number that PubMed's indexers took from the paper. Found for 55 % of hand-made pairs; reviews have them too, which the linker weighs.</summary>
internal sealed class DatabankClue : ILinkClue
{
    public string Name => ClueNames.Databank;

    public IEnumerable<Mention> Read(SourceRecord record)
    {
        if (record is not Publication publication)
        {
            yield break;
        }

        foreach (var (at, accession) in publication.RegistryNumbers.Index())
        {
            foreach (var found in RegistryNumber.In(accession))
            {
                yield return new(found.Number.Text, MentionRole.Names, new(
                    Name, ClueStrength.Certain, $"PubMed lists {accession} among the paper's data bank numbers.", publication.Id,
                    [ReadWords.Slice($"registryNumbers[{at}]", accession, found.Offset, found.Length)], found.Number.Text, publication.Published));
            }
        }
    }
}
