using System.Text;
using CarTIngest.Records;

namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>A tolerant look for the PMID of a record that could not be read: the first child of MedlineCitation or BookDocument, by its bytes.</summary>
internal static class BrokenRecordId
{
    public static RecordId? Find(ReadOnlySpan<byte> slice)
    {
        var parent = slice.StartsWith("<PubmedArticle"u8) ? slice.IndexOf("<MedlineCitation"u8)
            : slice.StartsWith("<PubmedBookArticle"u8) ? slice.IndexOf("<BookDocument"u8)
            : -1;
        if (parent < 0)
        {
            return null;
        }

        var rest = slice[(parent + 1)..];
        var element = rest.IndexOf((byte)'<');
        if (element < 0 || !rest[element..].StartsWith("<PMID"u8))
        {
            return null;
        }

        var start = rest[element..].IndexOf((byte)'>');
        var text = start < 0 ? default : rest[(element + start + 1)..];
        var end = text.IndexOf((byte)'<');
        return end > 0 && Pmid.TryParse(Encoding.UTF8.GetString(text[..end]), out var pmid) ? RecordId.Of(pmid) : null;
    }
}
