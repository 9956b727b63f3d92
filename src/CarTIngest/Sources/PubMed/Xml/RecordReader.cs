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
            draft = new PublicationDraft();
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

    private IEnumerable<Reading> ReadDeletion(RecordSlice slice)
    {
        var pmids = new List<string>();
        var fault = Walk(slice, xml =>
        {
            pmids.Clear();
            foreach (var name in xml.Children(Known.DeleteCitation))
            {
                if (name == "PMID")
                {
                    // An empty one too: a deletion that is not told is lost.
                    pmids.Add(xml.Text());
                }
            }
        });
        if (fault is not null || pmids.Count == 0)
        {
            yield return new UnreadableRecord(null, fault ?? "A DeleteCitation names no PMID.", slice.Offset, slice.Bytes);
            yield break;
        }

        foreach (var text in pmids)
        {
            yield return Pmid.TryParse(text, out var pmid)
                ? new ReadRecord(new DeletedRecord { Pmid = pmid.Value }, ContentHash.Of(Encoding.UTF8.GetBytes($"deleted:{pmid}")), slice.Offset, slice.Bytes)
                : new UnreadableRecord(null, $"A DeleteCitation names “{Shown.Text(text)}”, which is no PMID.", slice.Offset, slice.Bytes);
        }
    }

    /// <summary>Null when the record is well-formed XML to its end; else the sentence that says what is wrong with it.</summary>
    /// <param name="read">Called a second time, from the beginning, where a text was so long that it had to be measured first.</param>
    private string? Walk(RecordSlice slice, Action<RecordXml> read)
    {
        if (LongMarkup.Find(slice.Bytes.Span) is { } tooLong)
        {
            return tooLong;
        }

        try
        {
            var longTexts = new LongTexts();
            Walk(slice, drift, longTexts, read);
            if (longTexts.Any)
            {
                // What the reader did not know was counted the first time.
                Walk(slice, new DriftTally(), longTexts, read);
            }

            return null;
        }
        catch (XmlException fault)
        {
            return slice.Bytes.Span.IndexOf(DocumentEncoding.Undecodable) >= 0
                ? "The record holds bytes that are not in the encoding that the file declares."
                : $"The record cannot be read as XML: {Shown.Text(fault.Message)}";
        }
    }

    private void Walk(RecordSlice slice, DriftTally counted, LongTexts longTexts, Action<RecordXml> read)
    {
        using var reader = SliceXml.Open(slice.Bytes, namespaces);
        var xml = new RecordXml(reader, counted, longTexts);
        xml.ToRecord();
        read(xml);
        xml.ToEnd();
    }

    private static string NoPmid(string record, string? text)
    {
        var place = record == PubMedNames.BookArticle ? "BookDocument/PMID" : "MedlineCitation/PMID";
        return text is null ? $"The record has no {place}." : $"The record's {place} is “{Shown.Text(text)}”, which is no PMID.";
    }
}
