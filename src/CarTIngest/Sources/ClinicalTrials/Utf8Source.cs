using System.Text;

namespace CarTIngest.Sources.ClinicalTrials;

/// <summary>Gives a document's bytes as UTF-8: UTF-16 that begins with its byte order mark is transcoded, all else is as it was.</summary>
internal sealed class Utf8Source(Stream document)
{
    /// <summary>Room that every read must be given.</summary>
    public const int LeastRoom = 4096;

    private const int MarkLength = 2;

    private bool begun;
    private Decoder? utf16;

    /// <summary>The bytes written to <paramref name="to"/>; none at the document's end.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> to, CancellationToken cancellationToken)
    {
        if (begun && utf16 is null)
        {
            return await document.ReadAsync(to, cancellationToken);
        }

        // Two bytes of UTF-16 become at most three of UTF-8.
        var raw = to[..(to.Length / 2)];
        while (true)
        {
            var read = begun ? await document.ReadAsync(raw, cancellationToken) : await document.ReadAtLeastAsync(raw, MarkLength, throwOnEndOfStream: false, cancellationToken);
            var skip = begun ? 0 : Begin(raw.Span[..read]);
            if (utf16 is null || read == 0)
            {
                return read;
            }

            var written = Transcode(utf16, raw.Span[skip..read], to.Span);
            if (written > 0)
            {
                return written;
            }
        }
    }

    private int Begin(ReadOnlySpan<byte> first)
    {
        begun = true;
        utf16 = first switch
        {
            [0xFF, 0xFE, ..] => Encoding.Unicode.GetDecoder(),
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetDecoder(),
            _ => null,
        };
        return utf16 is null ? 0 : MarkLength;
    }

    private static int Transcode(Decoder decoder, ReadOnlySpan<byte> raw, Span<byte> to)
    {
        var characters = new char[decoder.GetCharCount(raw, flush: false)];
        decoder.GetChars(raw, characters, flush: false);
        return Encoding.UTF8.GetBytes(characters, to);
    }
}
