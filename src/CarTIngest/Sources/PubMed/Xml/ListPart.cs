namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>Lists of plain texts. An empty element of a list says nothing and is left out.</summary>
internal static class ListPart
{
    /// <summary>The element that the walk stands on.</summary>
    public static void Add(RecordXml xml, List<string> to)
    {
        if (xml.TextOrNull() is { } text)
        {
            to.Add(text);
        }
    }

    /// <summary>The children of one name of the element that the walk stands on.</summary>
    public static void AddChildren(RecordXml xml, KnownElement list, string name, List<string> to)
    {
        foreach (var child in xml.Children(list))
        {
            if (child == name)
            {
                Add(xml, to);
            }
        }
    }
}
