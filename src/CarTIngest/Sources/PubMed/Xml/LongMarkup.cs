namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>
/// A tag or a CDATA section longer than any that a record has. XML readers hold such a piece whole, in memory several times its size, and hand it
/// on only then; so it is found by its bytes beforehand. Comments and instructions are passed over in pieces and may be long.
/// </summary>
internal static class LongMarkup
{
    private const int Longest = 1024 * 1024;

    /// <summary>The sentence that says so; null where there is none. Markup that is not well formed is left to the reading that follows.</summary>
    public static string? Find(ReadOnlySpan<byte> record)
    {
        // What is no longer itself cannot hold one: every real record.
        while (record.Length > Longest && record.IndexOf((byte)'<') is >= 0 and var found)
        {
            record = record[found..];
            var kind = Markup.KindOf(record);
            var length = kind switch
            {
                MarkupKind.Comment => Behind(record, "-->"u8),
                MarkupKind.Instruction => Behind(record, "?>"u8),
                MarkupKind.CData => Behind(record, "]]>"u8),
                _ => TagLength(record),
            };
            if (length > Longest && kind is not (MarkupKind.Comment or MarkupKind.Instruction))
            {
                return $"The record cannot be read: one of its {(kind == MarkupKind.CData ? "CDATA sections" : "tags")} is longer than 1 MiB.";
            }

            record = record[length..];
        }

        return null;
    }

    private static int Behind(ReadOnlySpan<byte> record, ReadOnlySpan<byte> end) => record.IndexOf(end) is >= 0 and var at ? at + end.Length : record.Length;

    /// <summary>To the first <c>&gt;</c> that stands in no quotes, or to the next <c>&lt;</c>, which no tag may hold.</summary>
    private static int TagLength(ReadOnlySpan<byte> record)
    {
        var at = 1;
        while (record[at..].IndexOfAny("<>\"'"u8) is >= 0 and var found)
        {
            at += found;
            if (record[at] is (byte)'<' or (byte)'>')
            {
                return record[at] == '<' ? at : at + 1;
            }

            var closing = record[(at + 1)..].IndexOfAny(record[at], (byte)'<');
            at = closing < 0 ? record.Length : at + 1 + closing + (record[at + 1 + closing] == '<' ? 0 : 1);
        }

        return record.Length;
    }
}
