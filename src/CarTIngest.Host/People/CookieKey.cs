using System.Security.Cryptography;
using System.Text;
using CarTIngest.Host.Storage;

namespace CarTIngest.Host.People;

/// <summary>
/// Seals the keys of the cookies before they go into the store, and opens them again: who has the database, or a backup of it, can make no cookie.
/// Comes from the setting <c>People:CookieKey</c>, or from a file that is made beside the database.
/// </summary>
public sealed class CookieKey
{
    /// <summary>Of the file.</summary>
    public const string FileName = "cookie.key";

    private const int TagBytes = 16;
    private const int NonceBytes = 12;
    private const int KeyBytes = 32;

    private readonly byte[] key;

    private CookieKey(string secret) =>
        key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), KeyBytes, info: "CarTIngest cookie keys"u8.ToArray());

    /// <exception cref="StoreUnusableException">The file can neither be read nor made.</exception>
    public static CookieKey Of(PeopleOptions people, StorageOptions storage)
    {
        if (people.CookieKey is { Length: > 0 } secret)
        {
            return new CookieKey(secret);
        }

        var file = SecretFile.Beside(storage, FileName);
        try
        {
            return new CookieKey(file.ReadOrWrite(() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes))));
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnusableException($"The key of the cookies cannot be kept in {file.Path}: {trouble.Message} Give one in People:CookieKey (or name a file that holds it in People__CookieKey_FILE).", trouble);
        }
    }

    public string Seal(string plain)
    {
        var text = Encoding.UTF8.GetBytes(plain);
        var sealedBytes = new byte[NonceBytes + TagBytes + text.Length];
        var nonce = sealedBytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(nonce, text, sealedBytes.AsSpan(NonceBytes + TagBytes), sealedBytes.AsSpan(NonceBytes, TagBytes));
        return Convert.ToBase64String(sealedBytes);
    }

    /// <exception cref="CryptographicException">It was sealed with another key, or altered.</exception>
    public string Open(string sealedText)
    {
        var sealedBytes = Convert.FromBase64String(sealedText).AsSpan();
        if (sealedBytes.Length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("This is no sealed key.");
        }

        var text = new byte[sealedBytes.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Decrypt(sealedBytes[..NonceBytes], sealedBytes[(NonceBytes + TagBytes)..], sealedBytes.Slice(NonceBytes, TagBytes), text);
        return Encoding.UTF8.GetString(text);
    }
}
