namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>Bytes in memory, written to the end and then read from the beginning. Grows without ever copying.</summary>
internal sealed class ChunkedBytes : Stream
{
    private const int Chunk = 256 * 1024;

    private readonly List<byte[]> chunks = [];
    private long length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => length;

    public override long Position { get; set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var used = (int)(length % Chunk);
            if (used == 0)
            {
                chunks.Add(GC.AllocateUninitializedArray<byte>(Chunk));
            }

            var count = Math.Min(buffer.Length, Chunk - used);
            buffer[..count].CopyTo(chunks[^1].AsSpan(used));
            length += count;
            buffer = buffer[count..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var within = (int)(Position % Chunk);
        var count = (int)Math.Min(Math.Min(buffer.Length, Chunk - within), length - Position);
        if (count > 0)
        {
            chunks[(int)(Position / Chunk)].AsSpan(within, count).CopyTo(buffer);
            Position += count;
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
