using System.Buffers.Binary;
using System.IO.Compression;

namespace CarTIngest.Sources.Files;

/// <summary>
/// Tells a whole gzip file from one cut short. GZipStream ends quietly on a cut file, so the length that the trailer gives (RFC 1952, ISIZE: modulo 2^32)
/// is held against what came out. A file of several members has only its last member's length there.
/// </summary>
internal static class GzipTail
{
    private const int TrailerLength = 8;
    private static readonly byte[] MemberStart = [0x1f, 0x8b, 0x08];

    /// <param name="decompressed">Bytes that the whole file gave.</param>
    public static async Task<bool> IsWholeAsync(string path, long decompressed, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        if (bytes.Length < 10 + TrailerLength)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(^4..));
        return length == unchecked((uint)decompressed) || LastMemberHas(bytes, length);
    }

    private static bool LastMemberHas(byte[] bytes, uint length)
    {
        for (var start = bytes.AsSpan().LastIndexOf(MemberStart); start > 0; start = bytes.AsSpan(0, start).LastIndexOf(MemberStart))
        {
            if (LengthFrom(bytes, start) == length)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the bytes from there on decompress to, or null where no member begins after all.</summary>
    private static uint? LengthFrom(byte[] bytes, int start)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(bytes, start, bytes.Length - start), CompressionMode.Decompress);
            var counted = new CountedStream(gzip);
            counted.CopyTo(Stream.Null);
            return unchecked((uint)counted.BytesRead);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
