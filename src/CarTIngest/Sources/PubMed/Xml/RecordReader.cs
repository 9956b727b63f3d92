using System.Runtime.CompilerServices;
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
        var name = slice.Name;
        var (fault, packed) = Walk(slice, xml =>
        {
            draft = new PublicationDraft();
            if (name == PubMedNames.BookArticle)
            {
                BookPart.ReadArticle(xml, draft);
            }
            else
            {
                CitationPart.ReadArticle(xml, draft);
            }
        });
        var bytes = packed?.Memory ?? slice.Bytes;
        if (fault is null && draft.Pmid is { } pmid)
        {
            return new ReadRecord(draft.Finish(pmid), packed?.Hash ?? SliceHash.Of(bytes.Span), slice.Offset, bytes);
        }

        var id = draft.Pmid is { } read ? RecordId.Of(read) : BrokenRecordId.Find(bytes.Span);
        return new UnreadableRecord(id, fault ?? NoPmid(name, draft.PmidText), slice.Offset, bytes);
    }

    private IEnumerable<Reading> ReadDeletion(RecordSlice slice)
    {
        var pmids = new List<string>();
        var (fault, packed) = Walk(slice, xml =>
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
        var bytes = packed?.Memory ?? slice.Bytes;
        if (fault is not null || pmids.Count == 0)
        {
            yield return new UnreadableRecord(null, fault ?? "A DeleteCitation names no PMID.", slice.Offset, bytes);
            yield break;
        }

        foreach (var text in pmids)
        {
            yield return Pmid.TryParse(text, out var pmid)
                ? new ReadRecord(new DeletedRecord { Pmid = pmid.Value }, ContentHash.Of(Encoding.UTF8.GetBytes($"deleted:{pmid}")), slice.Offset, bytes)
                : new UnreadableRecord(null, $"A DeleteCitation names “{Shown.Text(text)}”, which is no PMID.", slice.Offset, bytes);
        }
    }

    /// <param name="read">Called a second time, from the beginning, where a text was so long that it had to be measured first.</param>
    private Walked Walk(RecordSlice slice, Action<RecordXml> read)
    {
        var longTexts = new LongTexts();
        if (FaultOfFirstWalk(slice, longTexts, read) is { } fault)
        {
            // A comment or a CDATA section without an end seems to end in a record behind it: that one is read for itself.
            if (Markup.NextRecordStart(slice.Bytes.Span) is > 0 and var next)
            {
                slice.EndBefore(next);
            }

            return new Walked(fault, null);
        }

        if (!longTexts.Any)
        {
            return new Walked(null, null);
        }

        // What the reader did not know was counted the first time.
        if (longTexts.Characters <= PackedSlice.WorthItFrom)
        {
            WalkAgain(slice, longTexts, read);
            return new Walked(null, null);
        }

        var packed = Pack(slice);
        slice.LetGo();
        Walk(SliceXml.Open(packed.Open(), namespaces), new DriftTally(), longTexts, read);
        return new Walked(null, packed);
    }

    private string? FaultOfFirstWalk(RecordSlice slice, LongTexts longTexts, Action<RecordXml> read)
    {
        if (LongMarkup.Find(slice.Bytes.Span) is { } tooLong)
        {
            return tooLong;
        }

        try
        {
            Walk(SliceXml.Open(slice.Bytes, namespaces), drift, longTexts, read);
            return null;
        }
        catch (XmlException fault)
        {
            return slice.Bytes.Span.IndexOf(DocumentEncoding.Undecodable) >= 0
                ? "The record holds bytes that are not in the encoding that the file declares."
                : $"The record cannot be read as XML: {Shown.Text(fault.Message)}";
        }
    }

    private void WalkAgain(RecordSlice slice, LongTexts longTexts, Action<RecordXml> read) =>
        Walk(SliceXml.Open(slice.Bytes, namespaces), new DriftTally(), longTexts, read);

    // Apart from its caller: a frame that has touched the bytes keeps them from being collected.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PackedSlice Pack(RecordSlice slice) => new(slice.Bytes.Span);

    private static void Walk(XmlReader opened, DriftTally counted, LongTexts longTexts, Action<RecordXml> read)
    {
        using var reader = opened;
        var xml = new RecordXml(reader, counted, longTexts);
        xml.ToRecord();
        read(xml);
        xml.ToEnd();
    }

    /// <param name="Fault">The sentence that says what is wrong with the record; null when it is well-formed XML to its end.</param>
    /// <param name="Packed">Its bytes, where they had to be let go of.</param>
    private sealed record Walked(string? Fault, PackedSlice? Packed);

    private static string NoPmid(string record, string? text)
    {
        var place = record == PubMedNames.BookArticle ? "BookDocument/PMID" : "MedlineCitation/PMID";
        return text is null ? $"The record has no {place}." : $"The record's {place} is “{Shown.Text(text)}”, which is no PMID.";
    }
}
