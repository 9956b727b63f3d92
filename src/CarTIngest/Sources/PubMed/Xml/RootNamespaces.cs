using System.Text;
using System.Xml;

namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>The namespace prefixes that a document's root declares for all its records, and those that PubMed's DTD fixes (MathML, XLink).</summary>
internal sealed class RootNamespaces
{
    private readonly List<KeyValuePair<string, string>> prefixes =
    [
        new("mml", "http://www.w3.org/1998/Math/MathML"),
        new("xlink", "http://www.w3.org/1999/xlink"),
        new("xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];

    private RootNamespaces()
    {
    }

    public static RootNamespaces None { get; } = new();

    /// <summary>Reads the declarations of a start tag; of one that cannot be read, none.</summary>
    public static RootNamespaces Of(ReadOnlyMemory<byte> startTag)
    {
        var found = new RootNamespaces();
        var tag = Encoding.UTF8.GetString(startTag.Span).TrimEnd('>', '/');
        try
        {
            using var reader = SliceXml.Open(Encoding.UTF8.GetBytes(tag + "/>"), None);
            reader.MoveToContent();
            while (reader.MoveToNextAttribute())
            {
                if (reader.Prefix == "xmlns")
                {
                    found.prefixes.Add(new(reader.LocalName, reader.Value));
                }
            }
        }
        catch (XmlException)
        {
            return None;
        }

        return found;
    }

    /// <summary>A manager with a name table of its own: one shared by all records would grow with every name that a hostile file invents.</summary>
    public XmlNamespaceManager NewManager()
    {
        var manager = new XmlNamespaceManager(new NameTable());
        foreach (var (prefix, address) in prefixes)
        {
            manager.AddNamespace(prefix, address);
        }

        return manager;
    }
}
