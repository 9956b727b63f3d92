using CarTIngest.Records;

namespace CarTIngest.Sources.PubMed.Xml;

/// <summary><c>MeshHeadingList</c>. MajorTopicYN is N where absent, by the DTD; a descriptor's own mark says nothing of its qualifiers and the other way round.</summary>
internal static class MeshPart
{
    public static void Read(RecordXml xml, List<MeshHeading> headings)
    {
        foreach (var name in xml.Children(Known.MeshHeadingList))
        {
            if (name == "MeshHeading" && ReadOne(xml) is { } heading)
            {
                headings.Add(heading);
            }
        }
    }

    private static MeshHeading? ReadOne(RecordXml xml)
    {
        MeshHeading? heading = null;
        var qualifiers = new List<MeshQualifier>();
        foreach (var name in xml.Children(Known.MeshHeading))
        {
            switch (name)
            {
                case "DescriptorName":
                    var (ui, major) = (xml.Attribute("UI"), IsMajor(xml));
                    heading ??= new MeshHeading(xml.Text(), ui, major, qualifiers);
                    break;
                case "QualifierName":
                    var qualifierMajor = IsMajor(xml);
                    qualifiers.Add(new MeshQualifier(xml.Text(), qualifierMajor));
                    break;
            }
        }

        return heading;
    }

    private static bool IsMajor(RecordXml xml) => xml.Attribute("MajorTopicYN") == "Y";
}
