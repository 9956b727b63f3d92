namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>One piece of a document: a record's own element, or what stands where a record should.</summary>
/// <param name="Offset">Of the first byte, in the UTF-8 document.</param>
/// <param name="Bytes">Valid until the next slice is asked for.</param>
internal abstract record XmlSlice(long Offset, ReadOnlyMemory<byte> Bytes);

/// <param name="Name">PubmedArticle, PubmedBookArticle or DeleteCitation.</param>
internal sealed record RecordSlice(string Name, long Offset, ReadOnlyMemory<byte> Bytes) : XmlSlice(Offset, Bytes);

/// <param name="Reason">One sentence for people.</param>
internal sealed record BrokenSlice(string Reason, long Offset, ReadOnlyMemory<byte> Bytes) : XmlSlice(Offset, Bytes);
