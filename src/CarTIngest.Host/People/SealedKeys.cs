using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace CarTIngest.Host.People;

/// <summary>Hands each key of the cookies to <see cref="CookieKey"/> on its way into the store.</summary>
internal sealed class SealingKeys(CookieKey key) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(new XElement("sealed", key.Seal(plaintextElement.ToString(SaveOptions.DisableFormatting))), typeof(OpeningKeys));
}

/// <summary>And on its way back. Its name stands in the store beside each key; it is made by that name.</summary>
internal sealed class OpeningKeys(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => XElement.Parse(services.GetRequiredService<CookieKey>().Open(encryptedElement.Value));
}
