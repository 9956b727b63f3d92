using CarTIngest.Records;

namespace CarTIngest.Rehearsal.Corpus;

/// <summary>Folds files of citations, night after night, into what is in force.</summary>
internal sealed class PublicationsOverTime
{
    private readonly Dictionary<Pmid, RecordedPublication> held = [];
    private readonly Dictionary<Pmid, DateOnly> meshFirstSeen = [];

    public void Apply(DateOnly night, PubMedFile file)
    {
        foreach (var entry in file.Entries)
        {
            // One PMID may have several versions; the highest is the one that a search and a fetch give.
            if (held.TryGetValue(entry.Pmid, out var before) && before.Version > entry.Version)
            {
                continue;
            }

            if (entry.HasMesh)
            {
                meshFirstSeen.TryAdd(entry.Pmid, night);
            }

            DateOnly? indexed = meshFirstSeen.TryGetValue(entry.Pmid, out var seen) ? seen : null;
            held[entry.Pmid] = new RecordedPublication(entry.Pmid, entry.Version, entry.Xml, new PublicationDates(entry.Created, entry.Entered, night, indexed));
        }

        foreach (var deletion in file.Deletions)
        {
            if (held.TryGetValue(deletion.Pmid, out var publication) && publication.Version <= deletion.Version)
            {
                held.Remove(deletion.Pmid);
            }
        }
    }

    public PublicationsInForce InForce(CensusOfNight census) => new([.. held.Values.OrderByDescending(publication => publication.Pmid)], census);
}
