using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OnlineSafetyTrust.Storage.Keys;

/// <summary>
/// <c>p1:{key, 22 characters of base64url}:{version}:{base64 of nonce, ciphertext, tag}</c>. Additional data: tenant, stream, version, field;
/// a text copied to another place does not open.
/// </summary>
internal static class SealedText
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int KeyLength = 22;
    private static readonly byte[] Mark = "\"p1:"u8.ToArray();

    public static string KeyText(Guid key)
    {
        Span<byte> bytes = stackalloc byte[16];
        key.TryWriteBytes(bytes, bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    public static string Seal(Guid key, byte[] secret, StreamKey stream, long version, string field, ReadOnlySpan<byte> plain)
    {
        var box = new byte[NonceSize + plain.Length + TagSize];
        var nonce = box.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        // AesGcm is not safe for several threads at once; making one costs a microsecond, a lock per key would cost more under load.
        using var aes = new AesGcm(secret, TagSize);
        aes.Encrypt(nonce, plain, box.AsSpan(NonceSize, plain.Length), box.AsSpan(NonceSize + plain.Length), Additional(stream, version, field));
        return string.Create(CultureInfo.InvariantCulture, $"p1:{KeyText(key)}:{version}:{Convert.ToBase64String(box)}");
    }

    public static byte[] Open(byte[] secret, StreamKey stream, string field, string text)
    {
        var (version, box) = Parts(text);
        using var aes = new AesGcm(secret, TagSize);
        var plain = new byte[box.Length - NonceSize - TagSize];
        aes.Decrypt(box.AsSpan(0, NonceSize), box.AsSpan(NonceSize, plain.Length), box.AsSpan(NonceSize + plain.Length), plain, Additional(stream, version, field));
        return plain;
    }

    public static bool TryKey(string text, out string key)
    {
        var ok = text.Length > 3 + KeyLength && text.StartsWith("p1:", StringComparison.Ordinal) && text[3 + KeyLength] == ':';
        key = ok ? text.Substring(3, KeyLength) : "";
        return ok;
    }

    /// <summary>Keys of all sealed texts inside a JSON document. Base64url is never escaped in JSON, so the bytes can be looked at as they are.</summary>
    public static void KeysIn(ReadOnlySpan<byte> json, ISet<string> keys)
    {
        while (json.IndexOf(Mark) is var at and >= 0)
        {
            json = json[(at + Mark.Length)..];
            if (json.Length > KeyLength && json[KeyLength] == (byte)':')
            {
                keys.Add(Encoding.ASCII.GetString(json[..KeyLength]));
            }
        }
    }

    private static (long Version, byte[] Box) Parts(string text)
    {
        var rest = text.AsSpan(4 + KeyLength);
        var colon = rest.IndexOf(':');
        if (colon <= 0 || !long.TryParse(rest[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            throw new CryptographicException("A sealed value is damaged.");
        }

        var box = new byte[rest.Length];
        return Convert.TryFromBase64Chars(rest[(colon + 1)..], box, out var length) && length >= NonceSize + TagSize
            ? (version, box[..length])
            : throw new CryptographicException("A sealed value is damaged.");
    }

    private static byte[] Additional(StreamKey stream, long version, string field) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{stream.Tenant}|{stream.Stream}|{version}|{field}"));
}
