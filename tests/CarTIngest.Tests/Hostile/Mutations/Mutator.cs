using System.Text;

namespace CarTIngest.Tests.Hostile.Mutations;

/// <summary>Applies mutations to one record's bytes. The same mutations of the same bytes give the same end.</summary>
internal static class Mutator
{
    private const int Scale = 1 << 16;

    private static readonly byte[][] NoUtf8 = [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF0, 0x9F], [0x80], [0xF8, 0x88, 0x80, 0x80, 0x80]];

    public static byte[] Apply(HostileFormat format, byte[] bytes, IEnumerable<Mutation> mutations) =>
        mutations.Aggregate(bytes, (now, mutation) => Apply(format, now, mutation));

    private static byte[] Apply(HostileFormat format, byte[] bytes, Mutation mutation)
    {
        var at = (int)((long)bytes.Length * mutation.At / Scale);
        var other = (int)((long)bytes.Length * mutation.Other / Scale);
        var size = Math.Min(mutation.Size, bytes.Length - at);
        switch (mutation.Kind)
        {
            case MutationKind.DeletePiece:
                var deleted = Piece(format, bytes, mutation.At);
                return Replace(bytes, deleted, []);
            case MutationKind.RepeatPiece:
                var repeated = Piece(format, bytes, mutation.At);
                return Replace(bytes, repeated, Times(bytes.AsSpan(repeated), 2 + (mutation.Size % 50)));
            case MutationKind.SwapPieces:
                var (one, two) = (Piece(format, bytes, mutation.At), Piece(format, bytes, mutation.Other));
                var (first, second) = one.Start.Value <= two.Start.Value ? (one, two) : (two, one);
                return second.Start.Value < first.End.Value
                    ? bytes
                    : [.. bytes.AsSpan(..first.Start), .. bytes.AsSpan(second), .. bytes.AsSpan(first.End..second.Start), .. bytes.AsSpan(first), .. bytes.AsSpan(second.End..)];
            case MutationKind.CutEnd:
                return bytes[..at];
            case MutationKind.CutStart:
                return bytes[at..];
            case MutationKind.DeleteBytes:
                return Replace(bytes, at..(at + size), []);
            case MutationKind.SpliceBytes:
                return Replace(bytes, other..other, bytes.AsSpan(at, size));
            case MutationKind.ReplaceByte when size > 0:
                return Replace(bytes, at..(at + 1), [(byte)mutation.Other]);
            case MutationKind.InsertToken:
                return Replace(bytes, at..at, Encoding.UTF8.GetBytes(format.Tokens[mutation.Other % format.Tokens.Count]));
            case MutationKind.BreakUtf8:
                return Replace(bytes, at..at, NoUtf8[mutation.Other % NoUtf8.Length]);
            case MutationKind.HugeNumber:
                var from = Array.FindIndex(bytes, at, digit => digit is >= (byte)'0' and <= (byte)'9');
                return from < 0 ? bytes : Replace(bytes, from..(from + 1), Encoding.ASCII.GetBytes(new string('9', 20 + mutation.Size)));
            case MutationKind.NestDeep:
                var levels = mutation.Size * 4;
                return Replace(bytes, at..at, [.. Times(Encoding.UTF8.GetBytes(format.Opening), levels), .. Times(Encoding.UTF8.GetBytes(format.Closing), mutation.Other % 2 == 0 ? levels : 0)]);
            default:
                return bytes;
        }
    }

    /// <summary>A tag, a text or a whole element of XML; a text, a bracket or a whole balanced value of JSON.</summary>
    private static Range Piece(HostileFormat format, byte[] bytes, int pick)
    {
        var starts = new List<int>();
        for (var i = 0; i < bytes.Length; i++)
        {
            if (format.IsXml ? bytes[i] == '<' || (i > 0 && bytes[i - 1] == '>') : "{}[],:\""u8.Contains(bytes[i]))
            {
                starts.Add(i);
            }
        }

        if (starts.Count == 0)
        {
            return 0..bytes.Length;
        }

        var index = (int)((long)starts.Count * pick / Scale);
        // Every second time the whole element or value that begins here.
        var end = pick % 2 == 0 && Whole(format, bytes, starts[index]) is { } whole ? whole : index + 1 < starts.Count ? starts[index + 1] : bytes.Length;
        return starts[index]..end;
    }

    private static int? Whole(HostileFormat format, byte[] bytes, int start)
    {
        var depth = 0;
        for (var i = start; i < bytes.Length; i++)
        {
            if (format.IsXml ? bytes[i] == '<' : bytes[i] is (byte)'{' or (byte)'[' or (byte)'}' or (byte)']')
            {
                var closes = format.IsXml ? i + 1 < bytes.Length && bytes[i + 1] == '/' : bytes[i] is (byte)'}' or (byte)']';
                depth += closes ? -1 : 1;
            }

            if (depth <= 0)
            {
                var end = format.IsXml ? Array.IndexOf(bytes, (byte)'>', i) : i;
                return end < 0 ? null : end + 1;
            }
        }

        return null;
    }

    private static byte[] Replace(byte[] bytes, Range what, ReadOnlySpan<byte> by) => [.. bytes.AsSpan(..what.Start), .. by, .. bytes.AsSpan(what.End..)];

    private static byte[] Times(ReadOnlySpan<byte> bytes, int times)
    {
        var all = new byte[bytes.Length * times];
        for (var i = 0; i < times; i++)
        {
            bytes.CopyTo(all.AsSpan(i * bytes.Length));
        }

        return all;
    }
}
