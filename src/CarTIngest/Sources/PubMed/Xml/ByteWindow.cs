using System.Runtime.CompilerServices;

namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>What came of asking a <see cref="ByteWindow"/> for more.</summary>
internal enum Supply
{
    Got,
    End,

    /// <summary>As much is kept as may be: let go of the mark first.</summary>
    Full,
}

/// <summary>A moving view of a stream of any length. It holds what lies ahead and, where a mark stands, what was passed since, up to <paramref name="keepAtMost"/> bytes.</summary>
internal sealed class ByteWindow(Stream stream, int keepAtMost)
{
    public const int Step = 256 * 1024;
    private const int First = 64 * 1024;
    private const int Large = 4 * 1024 * 1024;
    private byte[] buffer = new byte[First];
    private int mark = -1;
    private int position;
    private int end;
    private long before;
    private bool ended;

    /// <summary>Why the stream ended before its time, or null.</summary>
    public string? Fault { get; private set; }

    public ReadOnlySpan<byte> Ahead => buffer.AsSpan(position, end - position);

    /// <summary>Where the next byte stands in the document.</summary>
    public long Offset => before + position;

    public bool HasMark => mark >= 0;

    /// <summary>From the mark to here; empty without a mark. Valid until more is asked for.</summary>
    public ReadOnlyMemory<byte> Marked => mark < 0 ? default : buffer.AsMemory(mark, position - mark);

    /// <summary>From here on, no more than so many bytes. Valid until more is asked for.</summary>
    public ReadOnlyMemory<byte> Next(int atMost) => buffer.AsMemory(position, Math.Min(atMost, end - position));

    public void Advance(int count) => position += count;

    public void Mark() => mark = position;

    public void LetGo() => mark = -1;

    /// <summary>Keeps no more than what lies ahead, and gives all other memory back at once.</summary>
    public void Shrink()
    {
        MoveAhead();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    /// <summary>Goes back to the byte that stands so far behind the mark.</summary>
    public void ReturnTo(int fromMark) => position = mark + fromMark;

    /// <summary>Reads until so many bytes lie ahead or the stream ends.</summary>
    public async ValueTask EnsureAsync(int count, CancellationToken cancellationToken)
    {
        while (end - position < count && await MoreAsync(cancellationToken) == Supply.Got)
        {
        }
    }

    public async ValueTask<Supply> MoreAsync(CancellationToken cancellationToken)
    {
        if (ended)
        {
            return Supply.End;
        }

        if (mark >= 0 && end - mark >= keepAtMost)
        {
            return Supply.Full;
        }

        MakeRoom(mark < 0 ? position : mark);
        try
        {
            var count = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
            end += count;
            ended = count == 0;
        }
        catch (InvalidDataException)
        {
            (ended, Fault) = (true, "its compression is damaged");
        }

        return ended ? Supply.End : Supply.Got;
    }

    // Apart from its caller: a frame that has touched the old buffer keeps it from being collected.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MoveAhead()
    {
        LetGo();
        var kept = end - position;
        var room = new byte[Math.Max(Step, kept)];
        Ahead.CopyTo(room);
        before += position;
        (buffer, position, end) = (room, 0, kept);
    }

    private void MakeRoom(int keepFrom)
    {
        var kept = end - keepFrom;
        // From one step on at once to the most: sizes between would only be let go of, and what is not written takes no memory yet.
        var size = kept == buffer.Length ? (buffer.Length < Step ? Math.Min(buffer.Length * 4, keepAtMost + Step) : keepAtMost + Step)
            // What one huge record made grow is given back.
            : buffer.Length > Large && kept < Step / 2 ? Step
            : buffer.Length;
        if (keepFrom == 0 && size == buffer.Length)
        {
            return;
        }

        var room = size == buffer.Length ? buffer : GC.AllocateUninitializedArray<byte>(size);
        buffer.AsSpan(keepFrom, kept).CopyTo(room);
        buffer = room;
        before += keepFrom;
        position -= keepFrom;
        end = kept;
        mark = mark < 0 ? -1 : 0;
    }
}
