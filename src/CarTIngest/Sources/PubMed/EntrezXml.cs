using System.Runtime.InteropServices;
using System.Xml;

namespace CarTIngest.Sources.PubMed;

/// <summary>How answers of the E-utilities are opened: no DTD is fetched or obeyed, depth and length are bounded.</summary>
internal static class EntrezXml
{
    /// <summary>Elements within elements at most.</summary>
    public const int Deepest = 256;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = 256L * 1024 * 1024,
        MaxCharactersFromEntities = 10_000_000,
    };

    public static XmlReader Open(ReadOnlyMemory<byte> body) => XmlReader.Create(Stream(body), Settings);

    /// <summary>The bytes as a stream, without a copy where they are an array.</summary>
    public static Stream Stream(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out var array) ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false) : new MemoryStream(body.ToArray(), writable: false);

    /// <summary>The next node; refuses what is nested too deep.</summary>
    /// <exception cref="XmlException">Not well formed, or too deep.</exception>
    public static bool ReadOn(this XmlReader xml) =>
        xml.Read() && (xml.Depth <= Deepest ? true : throw new XmlException($"More than {Deepest} elements lie within each other."));
}
