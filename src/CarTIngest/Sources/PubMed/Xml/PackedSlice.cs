using System.Buffers;
using System.IO.Compression;
using CarTIngest.Records;

namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>
/// A huge record's bytes, deflated while its long texts are built from them: the bytes and the texts side by side would be all that a process may take.
/// Unpacked only for who asks for the bytes.
/// </summary>
internal sealed class PackedSlice : MemoryManager<byte>
{
    /// <summary>Characters from which on it is worth the time.</summary>
    public const int WorthItFrom = 4 * 1024 * 1024;

    private readonly ChunkedBytes packed = new();
    private readonly int length;
    private byte[]? unpacked;

    public PackedSlice(ReadOnlySpan<byte> record)
    {
        length = record.Length;
        Hash = SliceHash.Of(record);
        using var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true);
        deflate.Write(record);
    }

    public ContentHash Hash { get; }

    public override Memory<byte> Memory => CreateMemory(length);

    /// <summary>The record's bytes from their beginning.</summary>
    public Stream Open()
    {
        packed.Position = 0;
        return new DeflateStream(packed, CompressionMode.Decompress, leaveOpen: true);
    }

    public override Span<byte> GetSpan()
    {
        if (unpacked is null)
        {
            unpacked = GC.AllocateUninitializedArray<byte>(length);
            using var bytes = Open();
            bytes.ReadExactly(unpacked);
        }

        return unpacked;
    }

    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException("A packed record is not pinned.");

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
