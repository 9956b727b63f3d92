using System.Buffers.Binary;
using System.IO.Compression;

namespace CarTIngest.Sources.Http;

/// <summary>
/// The body of an answer, unpacked here and not by the socket handler: that one ends quietly where a packed body is cut, so that half an answer could pass for a whole one.
/// Only gzip is asked for. Blind spot: gzip of several members, which neither service sends, is taken for cut.
/// </summary>
internal static class PackedBody
{
    /// <summary>What is sent as Accept-Encoding.</summary>
    public const string Asked = "gzip";

    /// <exception cref="InvalidDataException">The headers contradict each other, or name a packing that was not asked for. Reading throws it too where the body is damaged or cut.</exception>
    public static async Task<Stream> OpenAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.NonValidated.TryGetValues("Content-Length", out var lengths) && (content.Headers.ContentLength is null || lengths.Distinct().Count() > 1))
        {
            throw new InvalidDataException($"The answer gives its length as '{string.Join(", ", lengths)}'.");
        }

        var packings = content.Headers.ContentEncoding.Where(packing => !packing.Equals("identity", StringComparison.OrdinalIgnoreCase)).ToList();
        return packings switch
        {
            [] => await content.ReadAsStreamAsync(cancellationToken),
            [var only] when only.Equals("gzip", StringComparison.OrdinalIgnoreCase) || only.Equals("x-gzip", StringComparison.OrdinalIgnoreCase)
                => new WholeGzipStream(await content.ReadAsStreamAsync(cancellationToken)),
            _ => throw new InvalidDataException($"The answer is packed as '{string.Join(", ", packings)}', and {Asked} was asked for."),
        };
    }

    /// <summary>Reads gzip and, at its end, holds the length that the trailer gives (RFC 1952, ISIZE: modulo 2^32) against what came out.</summary>
    private sealed class WholeGzipStream : ReadOnlyStream
    {
        private readonly TailStream packed;
        private readonly GZipStream gzip;
        private long given;

        public WholeGzipStream(Stream body)
        {
            packed = new TailStream(body);
            gzip = new GZipStream(packed, CompressionMode.Decompress);
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await gzip.ReadAsync(buffer, cancellationToken);
            given += read;
            return read > 0 || buffer.IsEmpty || packed.Length == 0 || packed.EndsWith(unchecked((uint)given))
                ? read
                : throw new InvalidDataException($"The packed body is cut: {given} bytes came out of it, and its trailer is missing or gives another length.");
        }

        public override async ValueTask DisposeAsync()
        {
            await gzip.DisposeAsync();
            await base.DisposeAsync();
        }

        protected override void Dispose(bool disposing)
        {
            gzip.Dispose();
            base.Dispose(disposing);
        }
    }

    /// <summary>Passes bytes on and remembers the last four.</summary>
    private sealed class TailStream(Stream inner) : ReadOnlyStream
    {
        private readonly byte[] tail = new byte[sizeof(uint)];
        private long length;

        /// <summary>Bytes so far.</summary>
        public override long Length => length;

        public bool EndsWith(uint number) => length >= tail.Length && BinaryPrimitives.ReadUInt32LittleEndian(tail) == number;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            length += read;
            var newest = Math.Min(read, tail.Length);
            tail.AsSpan(newest).CopyTo(tail);
            buffer.Span[(read - newest)..read].CopyTo(tail.AsSpan(tail.Length - newest));
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
