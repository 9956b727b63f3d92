using System.Xml;
using CarTIngest.Records;

namespace CarTIngest.Sources.PubMed;

/// <summary>What an elink answer says.</summary>
/// <param name="Asked">The ids for which it answers.</param>
/// <param name="Citing">Those that cite one of them. Empty means none, or that NCBI does not know: it knows the references of what is in PubMed Central alone.</param>
internal sealed record LinkPage(IReadOnlySet<Pmid> Asked, IReadOnlySet<Pmid> Citing)
{
    public const string CitedIn = "pubmed_pubmed_citedin";

    /// <summary>Null where an id is no number, or the answer tells an error in the place of links.</summary>
    /// <exception cref="XmlException">Not well formed.</exception>
    public static LinkPage? Read(ReadOnlyMemory<byte> body)
    {
        var (asked, citing) = (new HashSet<Pmid>(), new HashSet<Pmid>());
        var path = new string[EntrezXml.Deepest + 1];
        var name = "";
        using var xml = EntrezXml.Open(body);
        while (xml.ReadOn())
        {
            if (xml.NodeType is XmlNodeType.Element)
            {
                path[xml.Depth] = xml.LocalName;
                if (xml.LocalName is "ERROR")
                {
                    return null;
                }
            }
            else if (xml.NodeType is XmlNodeType.Text && path[1] is "LinkSet")
            {
                var text = xml.Value.Trim();
                name = xml.Depth == 4 && path[3] is "LinkName" ? text : name;
                var into = xml.Depth == 4 && path[2] is "IdList" ? asked : xml.Depth == 5 && path[2] is "LinkSetDb" && path[4] is "Id" && name == CitedIn ? citing : null;
                if (into is null)
                {
                    continue;
                }

                if (!Pmid.TryParse(text, out var id))
                {
                    return null;
                }

                into.Add(id);
            }
        }

        return new LinkPage(asked, citing);
    }
}
