using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace CarTIngest.Rehearsal.Registry;

/// <summary>
/// Where a page begins, under a seal. It is bound to the data set but not to the query: with other parameters it gives the other query's
/// rows from the old place on, as the real one does.
/// </summary>
internal sealed class PageToken(int seed)
{
    /// <summary>What the registry says when its data changed between two pages.</summary>
    public const string Flipped = "The data have probably changed while you were paginating. Please, start over from the first page.";
    private const int Numbers = 2 * sizeof(int);
    private const int Seal = 28;

    private readonly byte[] key = SHA256.HashData(BitConverter.GetBytes(seed));

    public string Write(int offset, DateOnly dataSet)
    {
        var bytes = new byte[Numbers + Seal];
        BinaryPrimitives.WriteInt32BigEndian(bytes, offset);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(sizeof(int)), dataSet.DayNumber);
        HMACSHA256.HashData(key, bytes.AsSpan(..Numbers))[..Seal].CopyTo(bytes, Numbers);
        return Base64Url.EncodeToString(bytes);
    }

    /// <exception cref="RefusedRequestException">It is none of ours, or it was given for another data set.</exception>
    public int Read(string token, DateOnly dataSet)
    {
        if (token.Length > 256 || !Base64Url.IsValid(token) || Base64Url.DecodeFromChars(token) is not { Length: Numbers + Seal } bytes
            || !HMACSHA256.HashData(key, bytes.AsSpan(..Numbers)).AsSpan(..Seal).SequenceEqual(bytes.AsSpan(Numbers)))
        {
            throw new RefusedRequestException($"Invalid value in parameter `pageToken`: `{token}`");
        }

        return BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(sizeof(int))) == dataSet.DayNumber
            ? BinaryPrimitives.ReadInt32BigEndian(bytes)
            : throw new RefusedRequestException(Flipped);
    }
}
