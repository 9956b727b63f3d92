using System.Buffers;
using System.Security.Cryptography;

namespace CarTIngest.Records;

/// <summary>A SHA-256 of bytes, written as 64 lower-case hexadecimal digits.</summary>
public readonly record struct ContentHash
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private ContentHash(string hex) => Hex = hex;

    public string Hex { get => field ?? ""; }

    public static ContentHash Of(ReadOnlySpan<byte> bytes) => new(Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <summary>Ends the running hash and starts it anew.</summary>
    public static ContentHash Of(IncrementalHash running)
    {
        ArgumentNullException.ThrowIfNull(running);
        return new(Convert.ToHexStringLower(running.GetHashAndReset()));
    }

    /// <summary>Takes 64 lower-case hexadecimal digits; false for anything else. Never throws.</summary>
    public static bool TryParse(string? text, out ContentHash hash)
    {
        hash = default;
        if (text is not { Length: 64 } || text.AsSpan().ContainsAnyExcept(HexDigits))
        {
            return false;
        }

        hash = new ContentHash(text);
        return true;
    }

    public override string ToString() => Hex;
}
