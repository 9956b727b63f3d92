using CarTIngest.Records;

namespace CarTIngest.Rehearsal.Corpus;

/// <summary>One citation as a recorded file gives it: its bytes verbatim, and the dates by which it can be searched.</summary>
internal sealed record RecordedPublication(Pmid Pmid, int Version, ReadOnlyMemory<byte> Xml, PublicationDates Dates);

/// <summary>
/// Created is CRDT (History "entrez"), Entered is EDAT (History "pubmed"); both come from the record. Modified is MDAT, the
/// night whose file brought this revision, and Indexed is MHDA, the night on which MeSH was first seen.
/// </summary>
internal sealed record PublicationDates(DateOnly? Created, DateOnly? Entered, DateOnly Modified, DateOnly? Indexed);
