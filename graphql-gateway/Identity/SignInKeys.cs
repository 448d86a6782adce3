using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Options;
using OnlineSafetyTrust.Storage.Upkeep;

namespace OnlineSafetyTrust.Gateway.Identity;

/// <summary>
/// The keys that cookies are sealed with lie in files; these are sealed with a secret of the store, which only the master key opens. Whoever
/// has the files alone can make no cookie.
/// </summary>
/// <param name="services">Data protection makes the reader of a key by itself and gives it this, nothing else.</param>
internal sealed class SignInKeys(IServiceProvider services) : IXmlEncryptor, IXmlDecryptor, IConfigureOptions<KeyManagementOptions>
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    // Blocks at first use only: data protection knows no asynchronous keys, and the store is open by then.
    private readonly Lazy<byte[]> _secret = new(() => services.GetRequiredService<StoreUpkeep>().SecretAsync("sign-in-keys", CancellationToken.None).GetAwaiter().GetResult());

    public void Configure(KeyManagementOptions options) => options.XmlEncryptor = this;

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var text = new byte[NonceSize + plain.Length + TagSize];
        RandomNumberGenerator.Fill(text.AsSpan(0, NonceSize));
        using var aes = new AesGcm(_secret.Value, TagSize);
        aes.Encrypt(text.AsSpan(0, NonceSize), plain, text.AsSpan(NonceSize, plain.Length), text.AsSpan(NonceSize + plain.Length));
        return new EncryptedXmlInfo(new XElement("sealed", Convert.ToBase64String(text)), typeof(SignInKeys));
    }

    public XElement Decrypt(XElement encryptedElement)
    {
        var text = Convert.FromBase64String(encryptedElement.Value);
        var plain = new byte[text.Length - NonceSize - TagSize];
        using var aes = new AesGcm(_secret.Value, TagSize);
        aes.Decrypt(text.AsSpan(0, NonceSize), text.AsSpan(NonceSize, plain.Length), text.AsSpan(NonceSize + plain.Length), plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}
