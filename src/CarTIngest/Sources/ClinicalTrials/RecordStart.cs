namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>
/// How a record begins: its bracket and its first member. In a valid text such a quote is escaped, and inside a record no object begins so: met there,
/// the record before it was cut or has a quote too many.
/// </summary>
internal static class RecordStart
{
    private const int Longest = 64;

    private static readonly byte[][] FirstMembers = ["protocolSection\""u8.ToArray(), "upsert\""u8.ToArray(), "gone\""u8.ToArray(), "studies\""u8.ToArray()];

    /// <summary>Whether a record begins at the first byte, which is an opening bracket; null where more bytes are needed to tell.</summary>
    /// <param name="anyMember">On a line of its own every object counts.</param>
    public static bool? At(ReadOnlySpan<byte> bytes, bool anyMember)
    {
        var inside = bytes[1..].TrimStart(" \t\r\n"u8);
        if (inside.IsEmpty)
        {
            return bytes.Length < Longest ? null : false;
        }

        return inside[0] != (byte)'"' ? false : anyMember ? true : IsFirstMember(inside[1..]);
    }

    /// <summary>Whether a name, from behind its quote on, is that of a record's first member; null where more bytes are needed to tell.</summary>
    public static bool? IsFirstMember(ReadOnlySpan<byte> name)
    {
        foreach (var member in FirstMembers)
        {
            if (name.StartsWith(member))
            {
                return true;
            }

            if (name.Length < member.Length && member.AsSpan().StartsWith(name))
            {
                return null;
            }
        }

        return false;
    }
}
