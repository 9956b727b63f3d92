using System.Buffers.Binary;
using System.IO.Compression;

namespace CarTIngest.Sources.Files;

/// <summary>
/// Tells a whole gzip file from one cut short. GZipStream ends quietly on a cut file, so the length that the trailer gives (RFC 1952, ISIZE: modulo 2^32)
/// is held against what came out. A file of several members has only its last member's length there.
/// </summary>
internal static class GzipTail
{
    private const int SmallestFile = 18;
    private const int Window = 1 << 20;

    /// <summary>Each is unpacked to see whether a member begins there; a file made of nothing but such beginnings would take for ever.</summary>
    private const int MostStarts = 1000;

    private static readonly byte[] MemberStart = [0x1f, 0x8b, 0x08];

    /// <param name="decompressed">Bytes that the whole file gave.</param>
    public static bool IsWhole(string path, long decompressed)
    {
        using var file = File.OpenRead(path);
        if (file.Length < SmallestFile)
        {
            return false;
        }

        var trailer = new byte[sizeof(uint)];
        file.Position = file.Length - trailer.Length;
        file.ReadExactly(trailer);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        return length == unchecked((uint)decompressed) || MemberStarts(file).Take(MostStarts).Where(start => file.Length - start >= SmallestFile).Any(start => LengthFrom(file, start) == length);
    }

    /// <summary>Where members after the first may begin, the last first.</summary>
    private static IEnumerable<long> MemberStarts(FileStream file)
    {
        var window = new byte[Window + MemberStart.Length - 1];
        for (var end = file.Length; end > 0; end -= Window)
        {
            var from = Math.Max(0, end - Window);
            file.Position = from;
            var there = window.AsSpan(0, (int)Math.Min(window.Length, file.Length - from));
            var read = file.ReadAtLeast(there, there.Length, throwOnEndOfStream: false);
            for (var at = read; (at = window.AsSpan(0, at).LastIndexOf(MemberStart)) >= 0 && from + at > 0;)
            {
                yield return from + at;
            }
        }
    }

    /// <summary>What the bytes from there on decompress to, or null where no member begins after all.</summary>
    private static uint? LengthFrom(FileStream file, long start)
    {
        try
        {
            file.Position = start;
            using var gzip = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
            using var counted = new CountedStream(gzip);
            counted.CopyTo(Stream.Null);
            return unchecked((uint)counted.BytesRead);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
