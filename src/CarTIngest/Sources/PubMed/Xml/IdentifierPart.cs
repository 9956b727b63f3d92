using System.Globalization;
using CarTIngest.Records;

namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>A record's own identifiers. Those of cited papers (ReferenceList) have the same names and are never walked.</summary>
internal static class IdentifierPart
{
    public static void ReadPmid(RecordXml xml, PublicationDraft draft)
    {
        if (draft.PmidText is not null)
        {
            return;
        }

        var version = int.TryParse(xml.Attribute("Version"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;
        draft.Version = Math.Max(1, version);
        draft.PmidText = xml.Text();
        draft.Pmid = Pmid.TryParse(draft.PmidText, out var pmid) ? pmid : null;
    }

    /// <summary><c>ELocationID</c>: the first DOI that PubMed calls valid (ValidYN is Y where absent) and that is one.</summary>
    public static void ReadLocation(RecordXml xml, PublicationDraft draft)
    {
        if (draft.LocationDoi is null && xml.Attribute("EIdType") == "doi" && xml.Attribute("ValidYN") != "N")
        {
            draft.LocationDoi = ReadDoi(xml);
        }
    }

    /// <summary><c>ArticleIdList</c>; IdType is pubmed where absent.</summary>
    public static void ReadList(RecordXml xml, PublicationDraft draft)
    {
        foreach (var name in xml.Children(Known.ArticleIdList))
        {
            if (name != "ArticleId")
            {
                continue;
            }

            switch (xml.Attribute("IdType"))
            {
                case "doi":
                    draft.ListedDoi ??= ReadDoi(xml);
                    break;
                case "pmc":
                    draft.Pmcid ??= xml.TextOrNull();
                    break;
            }
        }
    }

    private static string? ReadDoi(RecordXml xml) => Doi.TryParse(xml.Text(), out var doi) ? doi.Value : null;
}
