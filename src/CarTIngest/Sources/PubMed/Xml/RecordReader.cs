using System.Text;
using System.Xml;
using CarTIngest.Records;

namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>Reads one slice: a publication, the deletions of a DeleteCitation, or why neither could be read.</summary>
internal sealed class RecordReader(RootNamespaces namespaces, DriftTally drift)
{
    public IEnumerable<Reading> Read(XmlSlice slice) => slice switch
    {
        RecordSlice { Name: PubMedNames.Deletion } deletion => ReadDeletion(deletion),
        RecordSlice record => [ReadPublication(record)],
        BrokenSlice broken => [new UnreadableRecord(BrokenRecordId.Find(broken.Bytes.Span), broken.Reason, broken.Offset, broken.Bytes)],
        _ => throw new ArgumentOutOfRangeException(nameof(slice), slice.GetType().Name, "A slice of this kind is not known."),
    };

    private Reading ReadPublication(RecordSlice slice)
    {
        var draft = new PublicationDraft();
        var fault = Walk(slice, xml =>
        {
            if (slice.Name == PubMedNames.BookArticle)
            {
                BookPart.ReadArticle(xml, draft);
            }
            else
            {
                CitationPart.ReadArticle(xml, draft);
            }
        });
        if (fault is null && draft.Pmid is { } pmid)
        {
            return new ReadRecord(draft.Finish(pmid), SliceHash.Of(slice.Bytes.Span), slice.Offset, slice.Bytes);
        }

        var id = draft.Pmid is { } read ? RecordId.Of(read) : BrokenRecordId.Find(slice.Bytes.Span);
        return new UnreadableRecord(id, fault ?? NoPmid(slice.Name, draft.PmidText), slice.Offset, slice.Bytes);
    }

    private IReadOnlyList<Reading> ReadDeletion(RecordSlice slice)
    {
        var pmids = new List<string>();
        if (Walk(slice, xml => ListPart.AddChildren(xml, Known.DeleteCitation, "PMID", pmids)) is { } fault)
        {
            return [new UnreadableRecord(null, fault, slice.Offset, slice.Bytes)];
        }

        return [.. pmids.Select(text => Pmid.TryParse(text, out var pmid)
            ? new ReadRecord(new DeletedRecord { Pmid = pmid.Value }, ContentHash.Of(Encoding.UTF8.GetBytes($"deleted:{pmid}")), slice.Offset, slice.Bytes)
            : (Reading)new UnreadableRecord(null, $"A DeleteCitation names “{Shown.Text(text)}”, which is no PMID.", slice.Offset, slice.Bytes))];
    }

    /// <summary>Null when the record is well-formed XML to its end; else the sentence that says what is wrong with it.</summary>
    private string? Walk(RecordSlice slice, Action<RecordXml> read)
    {
        try
        {
            using var reader = SliceXml.Open(slice.Bytes, namespaces);
            var xml = new RecordXml(reader, drift);
            xml.ToRecord();
            read(xml);
            xml.ToEnd();
            return null;
        }
        catch (XmlException fault)
        {
            return $"The record cannot be read as XML: {Shown.Text(fault.Message)}";
        }
    }

    private static string NoPmid(string record, string? text)
    {
        var place = record == PubMedNames.BookArticle ? "BookDocument/PMID" : "MedlineCitation/PMID";
        return text is null ? $"The record has no {place}." : $"The record's {place} is “{Shown.Text(text)}”, which is no PMID.";
    }
}
