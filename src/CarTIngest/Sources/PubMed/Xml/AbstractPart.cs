using CarTIngest.Records;

namespace CarTIngest.Sources.PubMed.Xml;

/// <summary><c>Abstract</c> in its sections, and <c>OtherAbstract</c> (another language, a publisher's or a plain-language summary) as one text.</summary>
internal static class AbstractPart
{
    public static void Read(RecordXml xml, List<AbstractSection> sections)
    {
        foreach (var name in xml.Children(Known.Abstract))
        {
            if (name == "AbstractText")
            {
                var label = xml.Attribute("Label");
                var text = xml.Text();
                if (label is not null || text.Length > 0)
                {
                    sections.Add(new AbstractSection(label, text));
                }
            }
        }
    }

    public static void ReadOther(RecordXml xml, List<OtherAbstract> others)
    {
        var type = xml.Attribute("Type");
        var language = xml.Attribute("Language") ?? "eng";
        var texts = new List<string>();
        ListPart.AddChildren(xml, Known.OtherAbstract, "AbstractText", texts);
        others.Add(new OtherAbstract(type, language, string.Join(' ', texts)));
    }
}
