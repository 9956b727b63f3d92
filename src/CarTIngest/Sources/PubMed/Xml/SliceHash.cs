using System.Security.Cryptography;
using CarTIngest.Records;

namespace CarTIngest.Sources.PubMed.Xml;

/// <summary>
/// The hash of a record's content: SHA-256 over its UTF-8 bytes without the runs of white space (space, tab, CR, LF) between a <c>&gt;</c> and a
/// <c>&lt;</c> that contain a line break. An indented and a compact copy hash alike; a single space between inline tags counts.
/// </summary>
internal static class SliceHash
{
    private const int Staged = 4096;

    public static ContentHash Of(ReadOnlySpan<byte> slice)
    {
        using var running = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> staged = stackalloc byte[Staged];
        var used = 0;
        while (!slice.IsEmpty)
        {
            var (kept, next) = NextPiece(slice);
            if (kept > Staged - used)
            {
                running.AppendData(staged[..used]);
                used = 0;
            }

            if (kept > Staged)
            {
                running.AppendData(slice[..kept]);
            }
            else
            {
                slice[..kept].CopyTo(staged[used..]);
                used += kept;
            }

            slice = slice[next..];
        }

        running.AppendData(staged[..used]);
        return ContentHash.Of(running);
    }

    /// <summary>How many bytes count, and where what comes after the indentation behind them begins.</summary>
    private static (int Kept, int Next) NextPiece(ReadOnlySpan<byte> slice)
    {
        var from = 0;
        while (slice[from..].IndexOf((byte)'>') is >= 0 and var found)
        {
            var kept = from + found + 1;
            var run = slice[kept..].IndexOfAnyExcept(" \t\r\n"u8);
            if (run > 0 && slice[kept + run] == '<' && slice.Slice(kept, run).ContainsAny((byte)'\r', (byte)'\n'))
            {
                return (kept, kept + run);
            }

            from = kept;
        }

        return (slice.Length, slice.Length);
    }
}
