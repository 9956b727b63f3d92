using System.Text;
using System.Text.RegularExpressions;

namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>A document made UTF-8.</summary>
/// <param name="Utf8">The whole document, a byte order mark included where there is one.</param>
/// <param name="UnknownEncoding">The encoding it declares and nobody here knows; then <paramref name="Utf8"/> is not to be read.</param>
/// <param name="Head">Its first bytes, as they came.</param>
internal sealed record OpenedDocument(Stream Utf8, string? UnknownEncoding, ReadOnlyMemory<byte> Head);

/// <summary>Tells a document's encoding as XML 1.0 (appendix F) does: byte order mark, then the shape of the first characters, then the declaration.</summary>
internal static partial class DocumentEncoding
{
    private const int HeadLength = 1024;

    // U+FFFF: no XML may hold it. Bytes that cannot be decoded so break the one record that they stand in, and no other.
    private const string NoCharacter = "\uFFFF";

    /// <summary>What stands, in the document made UTF-8, for bytes that are not in its encoding.</summary>
    public static ReadOnlySpan<byte> Undecodable => "\uFFFF"u8;

    public static async Task<OpenedDocument> OpenAsync(Stream document, CancellationToken cancellationToken)
    {
        var head = new byte[HeadLength];
        var length = 0;
        // A damaged beginning is left to the reading that follows: it meets the same fault and names it.
        while (length < head.Length && await ReadAsync(document, head.AsMemory(length), cancellationToken) is > 0 and var count)
        {
            length += count;
        }

        var start = head.AsMemory(0, length);
        var whole = new PrefixedStream(start, document);
        var name = NameOf(start.Span);
        if (name is null)
        {
            return new OpenedDocument(whole, null, start);
        }

        return Find(name) is { } encoding
            ? new OpenedDocument(Encoding.CreateTranscodingStream(whole, encoding, new UTF8Encoding(false), leaveOpen: true), null, start)
            : new OpenedDocument(whole, name, start);
    }

    private static async ValueTask<int> ReadAsync(Stream document, Memory<byte> into, CancellationToken cancellationToken)
    {
        try
        {
            return await document.ReadAsync(into, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return 0;
        }
    }

    /// <summary>Null where the document is UTF-8 as far as its beginning tells.</summary>
    private static string? NameOf(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => null,
        [0xFF, 0xFE, 0, 0, ..] or [(byte)'<', 0, 0, 0, ..] => "utf-32",
        [0, 0, 0xFE, 0xFF, ..] or [0, 0, 0, (byte)'<', ..] => "utf-32BE",
        [0xFF, 0xFE, ..] or [(byte)'<', 0, ..] => "utf-16",
        [0xFE, 0xFF, ..] or [0, (byte)'<', ..] => "utf-16BE",
        _ => Declared(Encoding.Latin1.GetString(head)),
    };

    private static string? Declared(string head)
    {
        var name = Declaration().Match(head) is { Success: true } match ? match.Groups["name"].Value : null;
        // ASCII is UTF-8; and a declaration that can be read byte by byte is not in wide characters, whatever it says.
        var wideOrPlain = name is null
            || name.StartsWith("utf", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("ucs", StringComparison.OrdinalIgnoreCase)
            || name.Contains("ascii", StringComparison.OrdinalIgnoreCase);
        return wideOrPlain ? null : name;
    }

    private static Encoding? Find(string name)
    {
        var (onEncode, onDecode) = (EncoderFallback.ExceptionFallback, new DecoderReplacementFallback(NoCharacter));
        if (CodePagesEncodingProvider.Instance.GetEncoding(name, onEncode, onDecode) is { } paged)
        {
            return paged;
        }

        try
        {
            return Encoding.GetEncoding(name, onEncode, onDecode);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    [GeneratedRegex("""^\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["'](?<name>[A-Za-z][A-Za-z0-9._\-]{0,60})["']""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Declaration();
}
