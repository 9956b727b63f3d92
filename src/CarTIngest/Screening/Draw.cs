using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CarTIngest.Screening;

/// <summary>Chance that anybody can draw again: SHA-256 over seed, purpose and id, its first eight bytes as a number between 0 and 1.</summary>
public static class Draw
{
    /// <summary>Whether an id is among a share of all ids. The same for the same seed and purpose, and independent of which other ids there are.</summary>
    public static bool Takes(double share, long seed, string purpose, string id)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}\n{purpose}\n{id}")));
        return BinaryPrimitives.ReadUInt64BigEndian(hash) / (ulong.MaxValue + 1.0) < share;
    }
}
