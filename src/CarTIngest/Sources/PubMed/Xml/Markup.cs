using System.Buffers;
using System.Text;

namespace CarTIngest.Sources.PubMed.Xml;

internal enum MarkupKind
{
    Text,
    Comment,
    Instruction,
    CData,
    Declaration,
    StartTag,
    EndTag,
}

/// <summary>Tells by its first bytes what a piece of XML is. Nothing here judges whether it is well formed.</summary>
internal static class Markup
{
    private static readonly SearchValues<byte> NameEnds = SearchValues.Create(" \t\r\n/><?"u8);

    /// <summary>So many bytes must lie ahead, or the document's end, for an answer to be right.</summary>
    public const int LookAhead = 128;

    public static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static MarkupKind KindOf(ReadOnlySpan<byte> ahead) => ahead switch
    {
        [(byte)'<', (byte)'!', (byte)'-', (byte)'-', ..] => MarkupKind.Comment,
        [(byte)'<', (byte)'!', ..] => ahead.StartsWith("<![CDATA["u8) ? MarkupKind.CData : MarkupKind.Declaration,
        [(byte)'<', (byte)'?', ..] => MarkupKind.Instruction,
        [(byte)'<', (byte)'/', ..] => MarkupKind.EndTag,
        [(byte)'<', var first, ..] when first == '_' || first == ':' || first >= 0x80 || char.IsAsciiLetter((char)first) => MarkupKind.StartTag,
        _ => MarkupKind.Text,
    };

    /// <summary>The name in a start tag, end tag or processing instruction; cut where it is longer than any name of this field.</summary>
    public static string NameOf(ReadOnlySpan<byte> ahead)
    {
        var name = ahead[(ahead is [_, (byte)'/' or (byte)'?', ..] ? 2 : 1)..];
        name = name[..Math.Min(name.Length, LookAhead - 2)];
        var end = name.IndexOfAny(NameEnds);
        return Encoding.UTF8.GetString(end < 0 ? name : name[..end]);
    }

    /// <summary>Where, behind the first byte, a record or the end of the set may stand; -1 where nothing looks like one.</summary>
    public static int NextRecord(ReadOnlySpan<byte> markup)
    {
        var from = 1;
        while (from < markup.Length && markup[from..].IndexOf((byte)'<') is >= 0 and var found)
        {
            var at = markup[(from + found)..];
            if (at.StartsWith("<Pubmed"u8) || at.StartsWith("</Pubmed"u8) || at.StartsWith("<DeleteCitation"u8))
            {
                return from + found;
            }

            from += found + 1;
        }

        return -1;
    }

    /// <summary>Where, behind the first byte, a record's start tag stands with its first child or nothing behind it, be it in a comment; -1 where none does.</summary>
    public static int NextRecordStart(ReadOnlySpan<byte> markup)
    {
        for (var at = 1; at < markup.Length && markup[at..].IndexOf((byte)'<') is >= 0 and var found; at++)
        {
            at += found;
            if (KindOf(markup[at..]) == MarkupKind.StartTag && PubMedNames.IsRecord(NameOf(markup[at..])) && FirstChildFollows(markup[at..]))
            {
                return at;
            }
        }

        return -1;
    }

    private static bool FirstChildFollows(ReadOnlySpan<byte> tag)
    {
        var child = tag[(tag.IndexOf((byte)'>') + 1)..].TrimStart(" \t\r\n"u8);
        // What was passed may end with the tag itself.
        return child.IsEmpty || child.StartsWith("<MedlineCitation"u8) || child.StartsWith("<BookDocument"u8) || child.StartsWith("<PMID"u8);
    }

    /// <summary>White space as XML 1.0 knows it, and nothing else.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(" \t\r\n"u8);
}
