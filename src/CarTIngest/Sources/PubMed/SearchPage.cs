using System.Globalization;
using System.Xml;
using CarTIngest.Records;

namespace CarTIngest.Sources.PubMed;

/// <summary>What an esearch answer says.</summary>
/// <param name="Count">Records that match in all.</param>
/// <param name="Ids">Those listed, in the answer's order.</param>
/// <param name="Translation">How PubMed understood the term.</param>
/// <param name="Warnings">ErrorList and WarningList, each as <c>PhraseNotFound: abc</c>. They come with good answers too.</param>
public sealed record SearchPage(long Count, IReadOnlyList<Pmid> Ids, string? Translation, IReadOnlyList<string> Warnings)
{
    /// <summary>Reads an answer whose root is eSearchResult. Null where Count or an id is not a number: then it is no such answer.</summary>
    /// <exception cref="XmlException">Not well formed.</exception>
    public static SearchPage? Read(ReadOnlyMemory<byte> body)
    {
        long? count = null;
        var ids = new List<Pmid>();
        string? translation = null;
        var warnings = new List<string>();
        var path = new string[EntrezXml.Deepest + 1];
        using var xml = EntrezXml.Open(body);
        while (xml.ReadOn())
        {
            if (xml.NodeType is XmlNodeType.Element)
            {
                path[xml.Depth] = xml.LocalName;
            }
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                var text = xml.Value.Trim();
                switch (xml.Depth)
                {
                    // Depth matters: TranslationStack has Counts of its own.
                    case 2 when path[1] is "Count":
                        count = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
                        break;
                    case 2 when path[1] is "QueryTranslation":
                        translation = text;
                        break;
                    case 3 when path[1] is "IdList" && path[2] is "Id":
                        if (!Pmid.TryParse(text, out var id))
                        {
                            return null;
                        }

                        ids.Add(id);
                        break;
                    case 3 when path[1] is "ErrorList" or "WarningList":
                        warnings.Add($"{path[2]}: {text}");
                        break;
                    default:
                        break;
                }
            }
        }

        return count is { } all ? new SearchPage(all, ids, translation, warnings) : null;
    }
}
