using System.Buffers;
using System.Buffers.Binary;
using System.Text.Unicode;

namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>
/// Gives a document's bytes as UTF-8: UTF-16, told by its byte order mark or by its first bracket, is transcoded, all else is as it was. What is no
/// UTF-16 becomes a byte that is no UTF-8, so that the one record that holds it is refused.
/// </summary>
internal sealed class Utf8Source(Stream document)
{
    /// <summary>Room that every read must be given.</summary>
    public const int LeastRoom = 4096;

    private const byte NoUtf8 = 0xFF;
    private const int HeadLength = 4;

    private readonly byte[] raw = new byte[LeastRoom / 2];
    private int held;
    private bool begun;
    private bool utf16;
    private bool bigEndian;
    private bool ended;

    /// <summary>The bytes written to <paramref name="to"/>; none at the document's end.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> to, CancellationToken cancellationToken)
    {
        if (!begun)
        {
            begun = true;
            held = await document.ReadAtLeastAsync(raw, HeadLength, throwOnEndOfStream: false, cancellationToken);
            Begin(raw.AsSpan(0, held));
        }

        if (!utf16)
        {
            if (held == 0)
            {
                return await document.ReadAsync(to, cancellationToken);
            }

            raw.AsSpan(0, held).CopyTo(to.Span);
            (var first, held) = (held, 0);
            return first;
        }

        while (true)
        {
            // Two bytes of UTF-16 become at most three of UTF-8, and what is held is at most half the least room.
            var written = Transcode(to.Span);
            if (written > 0 || ended)
            {
                return written;
            }

            var read = await document.ReadAsync(raw.AsMemory(held), cancellationToken);
            held += read;
            ended = read == 0;
        }
    }

    private void Begin(ReadOnlySpan<byte> first)
    {
        (utf16, bigEndian) = first switch
        {
            [0xFF, 0xFE, ..] or [(byte)'{' or (byte)'[', 0, not 0, 0, ..] => (true, false),
            [0xFE, 0xFF, ..] or [0, (byte)'{' or (byte)'[', 0, not 0, ..] => (true, true),
            _ => (false, false),
        };
        if (utf16 && first is [>= 0xFE, ..])
        {
            held -= 2;
            first[2..].CopyTo(raw);
        }
    }

    /// <summary>Writes what is held as UTF-8; keeps half a character for the next time.</summary>
    private int Transcode(Span<byte> to)
    {
        Span<char> characters = stackalloc char[LeastRoom / 4];
        var count = held / 2;
        for (var i = 0; i < count; i++)
        {
            characters[i] = (char)(bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(raw.AsSpan(2 * i)) : BinaryPrimitives.ReadUInt16LittleEndian(raw.AsSpan(2 * i)));
        }

        var (taken, written) = (0, 0);
        while (taken < count)
        {
            var status = Utf8.FromUtf16(characters[taken..count], to[written..], out var read, out var wrote, replaceInvalidSequences: false, isFinalBlock: ended);
            (taken, written) = (taken + read, written + wrote);
            if (status == OperationStatus.NeedMoreData)
            {
                break;
            }

            if (status == OperationStatus.InvalidData)
            {
                to[written++] = NoUtf8;
                taken++;
            }
        }

        held -= 2 * taken;
        raw.AsSpan(2 * taken, held).CopyTo(raw);
        if (ended && held > 0)
        {
            // Half a character at the very end.
            to[written++] = NoUtf8;
            held = 0;
        }

        return written;
    }
}
