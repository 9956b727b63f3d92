using System.IO.Compression;
using CarTIngest.Host.Storage.Model;
using CarTIngest.Records;
using Microsoft.EntityFrameworkCore;

namespace CarTIngest.Host.Storage;

/// <summary>Raw bytes in and out, compressed, by the hash of what they are uncompressed.</summary>
public static class PayloadStore
{
    /// <summary>Adds the bytes unless they are held already. The caller saves.</summary>
    public static async Task<ContentHash> PutAsync(StoreContext store, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var hash = ContentHash.Of(bytes.Span);
        if (store.Payloads.Local.FindEntry(hash.Hex) is null && !await store.Payloads.AnyAsync(p => p.Hash == hash.Hex, cancellationToken))
        {
            store.Payloads.Add(new Payload { Hash = hash.Hex, Length = bytes.Length, Compressed = Compress(bytes.Span) });
        }

        return hash;
    }

    /// <exception cref="StoreDamagedException">The bytes cannot be decompressed.</exception>
    public static byte[] Open(Payload payload)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(payload.Compressed), CompressionMode.Decompress);
            var bytes = new byte[payload.Length];
            gzip.ReadExactly(bytes);
            return gzip.ReadByte() < 0 ? bytes : throw new StoreDamagedException($"Payload {payload.Hash} is longer than its {payload.Length} bytes.");
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException)
        {
            throw new StoreDamagedException($"Payload {payload.Hash} cannot be decompressed: {damage.Message}", damage);
        }
    }

    private static byte[] Compress(ReadOnlySpan<byte> bytes)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return compressed.ToArray();
    }
}

/// <summary>The store does not hold what it wrote.</summary>
public sealed class StoreDamagedException(string says, Exception? inner = null) : Exception(says, inner);
