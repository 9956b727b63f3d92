using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CarTIngest.Rehearsal.Faults;

/// <summary>Chance that is the same on every machine and in every order of requests: all of it comes from the words that it is made of.</summary>
internal sealed class FaultDice(string words)
{
    private ulong state = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(words)));

    /// <summary>True that often; never for 0, always for 1.</summary>
    public bool Happens(double probability) => (Next() >> 11) * (1.0 / (1UL << 53)) < probability;

    /// <summary>From 0 to one less than <paramref name="sides"/>.</summary>
    public int Below(int sides) => (int)(Next() % (ulong)sides);

    // SplitMix64: short, public domain, and good enough to throw with.
    private ulong Next()
    {
        var mixed = state = unchecked(state + 0x9E3779B97F4A7C15UL);
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL);
        return mixed ^ (mixed >> 31);
    }
}
