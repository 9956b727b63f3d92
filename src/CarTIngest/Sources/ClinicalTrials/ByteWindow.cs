namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>The part of a stream that is looked at now: bytes come in at its end and are dropped at its start. Grows only while nothing is dropped.</summary>
/// <remarks>What <see cref="Memory"/> gave is valid until the next <see cref="FillAsync"/>.</remarks>
internal sealed class ByteWindow(Stream document)
{
    private const int FirstSize = 256 * 1024;
    private const int LargestSize = StudySplitter.LargestRecord + (2 * FirstSize);

    private readonly Utf8Source source = new(document);
    private byte[] bytes = new byte[FirstSize];
    private int start;
    private int end;

    /// <summary>Where the window's first byte stands in the stream.</summary>
    public long Offset { get; private set; }

    /// <summary>The stream has given its last byte.</summary>
    public bool Ended { get; private set; }

    /// <summary>Why the stream ended, where it did so by a fault of its own (a compressed file that is cut).</summary>
    public string? Fault { get; private set; }

    public int Length => end - start;

    public ReadOnlySpan<byte> Span => bytes.AsSpan(start, end - start);

    public ReadOnlyMemory<byte> Memory(int length) => bytes.AsMemory(start, length);

    public void Drop(int count)
    {
        start += count;
        Offset += count;
    }

    /// <summary>Takes more bytes in, or learns that there are none.</summary>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        try
        {
            var read = await source.ReadAsync(bytes.AsMemory(end), cancellationToken);
            end += read;
            Ended = read == 0;
        }
        catch (InvalidDataException fault)
        {
            // A compressed file that is cut or damaged ends here; what was read before it stands.
            Ended = true;
            Fault = fault.Message;
        }
    }

    private void MakeRoom()
    {
        if (bytes.Length - end >= Utf8Source.LeastRoom && start < bytes.Length / 2)
        {
            return;
        }

        // Moving what is left to the front often makes room enough; at the cap of one record it always does. The third size
        // is the last: sizes between would only be let go of, and what is not written takes no memory yet.
        var target = Length > bytes.Length / 2 && bytes.Length < LargestSize
            ? GC.AllocateUninitializedArray<byte>(bytes.Length == FirstSize ? 4 * FirstSize : LargestSize)
            : bytes;
        Buffer.BlockCopy(bytes, start, target, 0, Length);
        end -= start;
        start = 0;
        bytes = target;
    }
}
