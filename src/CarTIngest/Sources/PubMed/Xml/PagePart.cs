namespace CarTIngest.Sources.PubMed.Xml;

/// <summary><c>Pagination</c>: MedlinePgn as written (<c>123-8</c>), else start and end page.</summary>
internal static class PagePart
{
    public static string? Read(RecordXml xml)
    {
        string? start = null, end = null, whole = null;
        foreach (var name in xml.Children(Known.Pagination))
        {
            switch (name)
            {
                case "MedlinePgn":
                    whole ??= xml.TextOrNull();
                    break;
                case "StartPage":
                    start ??= xml.TextOrNull();
                    break;
                case "EndPage":
                    end ??= xml.TextOrNull();
                    break;
            }
        }

        return whole ?? (start is null || end is null ? start ?? end : $"{start}-{end}");
    }
}
