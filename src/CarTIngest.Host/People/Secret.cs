using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CarTIngest.Host.People;

/// <summary>Words that nobody can guess, and what is kept of them.</summary>
internal static class Secret
{
    /// <summary>Bytes; as many as nobody tries out.</summary>
    private const int Length = 24;

    /// <summary>Fits into an address and into a mouth that dictates it badly: 32 characters.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Length));

    /// <summary>What the store keeps: who reads it there cannot enter with it. No salt, for nothing here is a word that somebody chose.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public static bool Is(string given, string hash) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(given)), Encoding.ASCII.GetBytes(hash));
}
