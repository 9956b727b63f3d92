using System.Runtime.CompilerServices;
using CarTIngest.Records;

namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>
/// Reads PubMed XML whole: EFetch answers and files of the update service (DTD of 1 January 2025, no DTD ever fetched; its default attribute values are supplied here).
/// Blind spots: no validation; elements nobody knew yet are counted as drift and passed over.
/// </summary>
public static class PubMedXml
{
    /// <summary>Changes whenever this reader reads something otherwise.</summary>
    public const string ReaderVersion = "pubmed-xml/1";

    /// <summary>
    /// Reads a document of any length as it streams, in the order of the document: each article and book a <see cref="Publication"/>, each PMID of a
    /// DeleteCitation a <see cref="DeletedRecord"/>, and one <see cref="UnreadableRecord"/> for whatever else stands where a record should: a record that is
    /// not well formed or over 32 MiB, an unknown element, the rest of a file that is cut. A file that is no PubMed XML at all (empty, a page, an error
    /// answer) is one such record; an empty set is nothing. Several versions of one PMID come out as they stand.
    /// </summary>
    /// <param name="xml">Decompressed, in any encoding that XML may declare; not closed here. Offsets and bytes are those of the document in UTF-8.</param>
    /// <param name="drift">Takes what the reader met and did not know.</param>
    /// <exception cref="IOException">The stream could not be read. (Damaged compression is no exception: the file is then cut.)</exception>
    public static async IAsyncEnumerable<Reading> ReadAsync(
        Stream xml,
        DriftTally drift,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(xml);
        ArgumentNullException.ThrowIfNull(drift);
        var document = await DocumentEncoding.OpenAsync(xml, cancellationToken);
        if (document.UnknownEncoding is { } unknown)
        {
            yield return new UnreadableRecord(null, $"The file declares an encoding that is not known: {unknown}.", 0, document.Head);
            yield break;
        }

        var splitter = new PubMedXmlSplitter(document.Utf8);
        RecordReader? reader = null;
        await foreach (var slice in splitter.SplitAsync(cancellationToken))
        {
            reader ??= new RecordReader(RootNamespaces.Of(splitter.RootTag), drift);
            if (slice.Bytes.Length > PackedSlice.WorthItFrom)
            {
                // On a stack of its own: frames of the walk that led here would keep the bytes when they are let go of.
                await Task.Yield();
            }

            foreach (var reading in reader.Read(slice))
            {
                yield return reading;
            }
        }
    }
}
