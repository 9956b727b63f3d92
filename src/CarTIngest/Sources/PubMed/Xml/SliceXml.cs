using System.Runtime.InteropServices;
using System.Text;
using System.Xml;

namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>
/// Opens one record's bytes as XML of its own. A record carries no DOCTYPE, so that none is allowed: entities cannot be declared, nothing is fetched,
/// nothing expands.
/// </summary>
internal static class SliceXml
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        ConformanceLevel = ConformanceLevel.Document,
        CheckCharacters = true,
        // White space between inline elements is text; to ignore it glues words together.
        IgnoreWhitespace = false,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = 2L * PubMedXmlSplitter.RecordBytes,
    };

    // Bytes that are no UTF-8 make a record unreadable; to replace them would be to drop what they said.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static XmlReader Open(ReadOnlyMemory<byte> bytes, RootNamespaces namespaces)
    {
        var array = MemoryMarshal.TryGetArray(bytes, out var segment) ? segment : bytes.ToArray();
        return Open(new MemoryStream(array.Array!, array.Offset, array.Count, writable: false), namespaces);
    }

    public static XmlReader Open(Stream stream, RootNamespaces namespaces) =>
        XmlReader.Create(stream, Settings, new XmlParserContext(null, namespaces.NewManager(), null, XmlSpace.None, Strict));
}
