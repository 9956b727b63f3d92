using CarTIngest.Records;

namespace CarTIngest.Sources.PubMed.Xml;

/// <summary><c>CommentsCorrections</c>: how other records bear on this one (a retraction, an erratum, a comment). The other's PMID may be missing.</summary>
internal static class CorrectionPart
{
    public static void Read(RecordXml xml, List<Correction> corrections)
    {
        foreach (var name in xml.Children(Known.CorrectionsList))
        {
            if (name == "CommentsCorrections")
            {
                corrections.Add(ReadOne(xml));
            }
        }
    }

    private static Correction ReadOne(RecordXml xml)
    {
        var type = xml.Attribute("RefType", Known.Corrections, Known.CorrectionTypes) ?? "";
        string? citation = null;
        long? other = null;
        foreach (var name in xml.Children(Known.Corrections))
        {
            switch (name)
            {
                case "RefSource":
                    citation ??= xml.TextOrNull();
                    break;
                case "PMID":
                    other ??= Pmid.TryParse(xml.Text(), out var pmid) ? pmid.Value : null;
                    break;
            }
        }

        return new Correction(type, other, citation);
    }
}
