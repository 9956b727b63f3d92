using System.Xml;

namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>What to say of a document whose root is none of PubMed's sets. E-utilities answer some failures with status 200 and an ERROR element; gateways answer with pages.</summary>
internal static class WrongRoot
{
    public static string Says(string root, ReadOnlyMemory<byte> head)
    {
        if (root.Equals("html", StringComparison.OrdinalIgnoreCase))
        {
            return "The file is an HTML page, not PubMed XML.";
        }

        var error = ErrorText(head);
        return $"The file's root is {Shown.Name(root)}, not PubmedArticleSet{(error.Length == 0 ? "." : $"; it says “{error}”.")}";
    }

    /// <summary>The first ERROR element's text, as far as the beginning of the document can be read.</summary>
    private static string ErrorText(ReadOnlyMemory<byte> head)
    {
        var text = new PlainText();
        var inside = false;
        try
        {
            using var reader = SliceXml.Open(head, RootNamespaces.None);
            while (reader.Read() && !(inside && reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "ERROR"))
            {
                inside |= reader.NodeType == XmlNodeType.Element && reader.LocalName == "ERROR";
                text.Append(inside ? reader.Value : "");
            }
        }
        catch (XmlException)
        {
            // Not whole or not well formed: what was read so far is all there is to quote.
            return Shown.Text(text.Take());
        }

        return Shown.Text(text.Take());
    }
}
